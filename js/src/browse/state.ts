// Generated from dashwidgets/widgets/state.py: python -m dashwidgets.widgets.typescript

export interface Columns {
  id: number[];
  name: (string | null)[];
  description: string[];
  owner: (string | null)[];
  owner_email: (string | null)[];
  tags: string[][];
  pinned: boolean[];
  public: boolean[];
  created_at: (string | null)[];
  last_accessed_at: (string | null)[];
  restricted: boolean[];
  creation_mode: string[];
  url: string[];
}

export interface ListingState {
  count: number;
  expected: number;
  complete: boolean;
  requests: number;
  seconds: number;
  taken_at: string;
}

export interface SortKey {
  column: string;
  descending: boolean;
}

export interface BrowseState {
  columns: Columns;
  listing: ListingState;
  selected_ids: number[];
  visible_ids: number[];
  sort: SortKey[];
  search: string;
}
