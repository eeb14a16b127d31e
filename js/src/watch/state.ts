// Generated from dashwidgets/widgets/shared/state/watch.py: python -m dashwidgets.widgets.shared.typescript

export interface AnnotationState {
  date_marker: string;
  content: string;
  scope: string;
  dashboard_item: number | null;
  dashboard_id: number | null;
}

export interface BoardState {
  id: number;
  name: string;
  description: string;
  tags: string[];
  url: string;
  breakdown_colors: Record<string, unknown>[];
  theme_colors: Record<string, string>;
  annotations: AnnotationState[];
  currency: string;
  recorded: string;
  sortable: boolean;
}

export interface StreamStatus {
  phase: "connecting" | "streaming" | "refreshing" | "retrying" | "paused" | "complete" | "failed" | "stopped";
  arrived: number;
  failed: number;
  expected: number | null;
  elapsed: number;
  bytes: number;
  source: "stream_tiles" | "insights" | "detail" | null;
  message: string;
  round: number;
  next_in: number | null;
  asking: number[];
  refresh: string | null;
  date_from: string | null;
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface KnownTile {
  id: number;
  name: string;
  kind: string;
  layout: Box | null;
}

export interface WatchState {
  boards: BoardState[];
  statuses: StreamStatus[];
  skeletons: KnownTile[][];
  snapshot: DataView;
  layout_size: "sm" | "xs";
  opens: boolean;
}

export interface TileState {
  id: number;
  order: number | null;
  elapsed: number;
  took: number;
  size: number;
  cached: boolean | null;
  round: number;
  tile: Record<string, unknown> | null;
  error: string | null;
  truncated: boolean;
}

export interface Snapshot {
  seq: number;
  sections: TileState[][];
}
