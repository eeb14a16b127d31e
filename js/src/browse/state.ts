// Generated from dashwidgets/widgets/shared/state/browse.py: python -m dashwidgets.widgets.shared.typescript

export interface Columns {
  id: number[];
  name: (string | null)[];
  description: (string | null)[];
  owner: (string | null)[];
  owner_id: (number | null)[];
  owner_email: (string | null)[];
  tags: string[][];
  pinned: (boolean | null)[];
  public: (boolean | null)[];
  creation_mode: (string | null)[];
  created_at: (number | null)[];
  last_accessed_at: (number | null)[];
  last_viewed_at: (number | null)[];
  last_refresh: (number | null)[];
  restriction_level: (number | null)[];
  privilege_level: (number | null)[];
  access_level: (string | null)[];
  access_control: (string | null)[];
  restricted: boolean[];
}

export interface ListingState {
  count: number;
  expected: number;
  complete: boolean;
  requests: number;
  seconds: number;
  taken_at: string;
}

export interface FindingState {
  dashboard_id: number;
  rule: string;
  severity: string;
  tile: string | null;
  evidence: string;
  suggestion: string;
}

export interface ReportState {
  taken_at: string;
  rules: string[];
  findings: FindingState[];
  unevaluated: number[];
}

export interface UsesState {
  names: string[];
  dashboards: number[][];
  unread: number;
  taken_at: string;
}

export interface SortKey {
  column: string;
  descending: boolean;
}

export interface SavedView {
  columns: string[];
  sort: SortKey[];
  search: string;
  facets: Record<string, string[]>;
}

export interface BrowseState {
  columns: Columns;
  listing: ListingState;
  address: string;
  report: ReportState | null;
  uses: UsesState | null;
  selected_ids: number[];
  visible_ids: number[];
  shown: string[];
  sort: SortKey[];
  search: string;
  facets: Record<string, string[]>;
  views: Record<string, SavedView>;
  live: boolean;
  acts: boolean;
  opens: boolean;
  copies_to: string[];
  beside: string[];
}

export interface SmallTile {
  id: number;
  name: string | null;
  text: string;
  value: string;
  what: string;
  lines: ((number | null)[])[];
  bars: number[];
}

export interface Copied {
  id: number;
  url: string;
  notes: string[];
}
