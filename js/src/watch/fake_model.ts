import { FakeModel } from "../shared/fake_model";
import type { KnownTile, StreamStatus, TileState, WatchState } from "./state";

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
    round: 1,
    next_in: null,
    asking: [],
    refresh: "blocking",
    date_from: null,
    ...over,
  };
}

export function textTile(id: number, body: string, over: Partial<TileState> = {}): TileState {
  const tile = { id, text: { body }, layouts: { sm: { x: 0, y: id, w: 12, h: 1 } } };
  const arrival = { order: id, elapsed: id / 10, took: 0.1, size: 100, cached: null, round: 1 };
  return { id, ...arrival, tile, error: null, truncated: false, ...over };
}

/** What a notebook saved of its boards. */
export async function packed(seq: number, ...sections: TileState[][]): Promise<DataView> {
  const { body } = new Response(JSON.stringify({ seq, sections }));
  const zipped = new Response(body?.pipeThrough(new CompressionStream("gzip")));
  return new DataView(await zipped.arrayBuffer());
}

const NOTHING = await packed(0);

interface Given {
  status?: StreamStatus;
  skeleton?: KnownTile[];
  snapshot?: DataView;
}

/** A watched board without a kernel. */
export class FakeBoard extends FakeModel<WatchState> {
  constructor(...given: Given[]) {
    const all = given.length > 0 ? given : [{}];
    super({
      boards: all.map((_, at) => ({
        id: 7 + at,
        name: at === 0 ? "Growth" : `Growth ${at + 1}`,
        description: "",
        tags: [],
        url: "http://example.com/d/7",
        breakdown_colors: [],
        theme_colors: {},
        annotations: [],
        currency: "", recorded: "", sortable: false,
      })),
      statuses: all.map((one) => one.status ?? status({})),
      skeletons: all.map((one) => one.skeleton ?? []),
      snapshot: all[0]?.snapshot ?? NOTHING,
      layout_size: "sm",
      opens: false,
    });
  }

  message(
    kind: "tiles" | "snapshot",
    seq: number,
    now: StreamStatus,
    tiles: TileState[],
    { section = 0, ack = false } = {},
  ): void {
    const bytes = new Uint8Array(new TextEncoder().encode(JSON.stringify(tiles)));
    const sections = [{ section, status: now }];
    this.tell("msg:custom", { kind, seq, ack, sections }, [new DataView(bytes.buffer)]);
  }
}
