// Generated from dashwidgets/widgets/state.py: python -m dashwidgets.widgets.typescript

export interface BoardState {
  id: number;
  name: string;
  description: string;
  tags: string[];
  url: string;
}

export interface StreamStatus {
  phase: "connecting" | "streaming" | "complete" | "failed" | "stopped";
  arrived: number;
  failed: number;
  expected: number | null;
  elapsed: number;
  bytes: number;
  source: "stream_tiles" | "insights" | "detail" | null;
  message: string;
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

export interface TileState {
  id: number;
  order: number | null;
  elapsed: number;
  size: number;
  tile: Record<string, unknown> | null;
  error: string | null;
  truncated: boolean;
}

export interface Snapshot {
  seq: number;
  tiles: TileState[];
}

export interface WatchState {
  board: BoardState;
  status: StreamStatus;
  skeleton: KnownTile[];
  snapshot: Snapshot;
}
