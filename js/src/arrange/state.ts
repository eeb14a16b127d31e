// Generated from dashwidgets/widgets/shared/state/arrange.py: python -m dashwidgets.widgets.shared.typescript

export interface ArrangeBoard {
  id: number;
  name: string;
  url: string;
  denied: string;
  breakdown_colors: Record<string, unknown>[];
}

export interface ArrangeTile {
  id: number;
  kind: string;
  insight: Record<string, unknown> | null;
  uncached: boolean;
  note: string;
  min_w: number;
  min_h: number;
  places: number[];
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface DraftTile {
  id: number;
  box: Box;
  name: string;
  body: string | null;
  color: string | null;
  show_description: boolean | null;
  transparent_background: boolean | null;
  to: number | null;
  copy_to: number[];
}

export interface PendingRow {
  tile: number;
  name: string;
  kind: "moved" | "resized" | "edited" | "moved_away" | "moved_back" | "added" | "restored" | "copied" | "copy_removed" | "removed";
  change: string;
  before: string;
  after: string;
  from_board: number | null;
  to_board: number | null;
}

export interface Theirs {
  id: number;
  name: string;
  box: Box;
}

export interface Difference {
  tile: number;
  name: string;
  asked: string;
  got: string;
}

export interface ArrangeProgress {
  saving: boolean;
  computing: boolean;
  can_undo: boolean;
  can_redo: boolean;
  requests: number;
  message: string;
}

export interface ArrangeState {
  board: ArrangeBoard;
  tiles: ArrangeTile[];
  saved: DraftTile[];
  draft: DraftTile[];
  pending_rows: PendingRow[];
  theirs: Theirs[];
  refused: Record<string, string>;
  differs: Difference[];
  notes: string[];
  progress: ArrangeProgress;
  saves: "click" | "immediately";
  selected_ids: number[];
}
