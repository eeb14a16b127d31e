import { FakeModel } from "../bridge/fake_model";
import type { StreamStatus, TileState, WatchState } from "./state";

export function status(over: Partial<StreamStatus>): StreamStatus {
  return {
    phase: "connecting",
    arrived: 0,
    failed: 0,
    expected: null,
    elapsed: 0,
    bytes: 0,
    source: "stream_tiles",
    message: "",
    ...over,
  };
}

export function textTile(id: number, body: string, over: Partial<TileState> = {}): TileState {
  const tile = { id, text: { body }, layouts: { sm: { x: 0, y: id, w: 12, h: 1 } } };
  const arrival = { order: id, elapsed: id / 10, size: 100 };
  return { id, ...arrival, tile, error: null, truncated: false, ...over };
}

/** A watched board without a kernel. */
export class FakeBoard extends FakeModel<WatchState> {
  constructor(state: Partial<WatchState> = {}) {
    super({
      board: { id: 7, name: "Growth", description: "", tags: [], url: "http://example.com/d/7" },
      status: status({}),
      skeleton: [],
      snapshot: { seq: 0, tiles: [] },
      ...state,
    });
  }

  message(kind: "tiles" | "snapshot", seq: number, now: StreamStatus, tiles: TileState[]): void {
    const bytes = new TextEncoder().encode(JSON.stringify(tiles));
    this.tell("msg:custom", { kind, seq, status: now }, [new DataView(bytes.buffer)]);
  }
}
