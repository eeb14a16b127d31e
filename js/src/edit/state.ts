// Generated from dashwidgets/widgets/shared/state/edit.py: python -m dashwidgets.widgets.shared.typescript

export interface EditBoard {
  id: number;
  name: string;
  owner: string | null;
  url: string;
}

export interface EditFields {
  name: string;
  description: string;
  pinned: boolean;
  tags: string[];
  restriction_level: number;
  data_color_theme_id: number | null;
  breakdown_colors: Record<string, unknown>[];
  date_from: string | null;
  date_to: string | null;
  collaborators: string[];
  sharing_enabled: boolean;
  password_required: boolean;
  sharing_settings: Record<string, unknown>;
}

export interface ColorTheme {
  id: number;
  name: string;
  colors: Record<string, string>;
}

export interface Person {
  uuid: string;
  name: string;
  email: string;
  reason: string;
}

export interface EditChoices {
  tags: string[];
  themes: ColorTheme[];
  people: Person[];
}

export interface SharePassword {
  id: number;
  note: string;
  created_at: string | null;
  created_by: string;
}

export interface EditState {
  board: EditBoard;
  saved: EditFields;
  changes: Record<string, unknown>;
  theirs: Record<string, unknown>;
  refused: Record<string, string>;
  denied: Record<string, string>;
  saving: string[];
  choices: EditChoices;
  passwords: SharePassword[];
  linked: boolean;
  dirty: boolean;
  message: string;
  unread: string[];
}
