import type { AnyModel } from "@anywidget/types";
import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { bindTraits } from "../bridge/traits";
import type { BoardState, StreamStatus, TileState, WatchState } from "./state";
import { createTiles, type Tiles } from "./tiles";

const PATIENCE = 5000;

/** What every view of one model shares: the board as it fills in, and the way to ask Python. */
export interface Live {
  readonly board: ReadonlySignal<BoardState>;
  readonly status: ReadonlySignal<StreamStatus>;
  readonly tiles: Tiles;
  /** When the newest status came, on `performance.now()`; null while none came from a kernel. */
  readonly heardAt: ReadonlySignal<number | null>;
  /** A question went out and nothing has come back for a while. */
  readonly unanswered: ReadonlySignal<boolean>;
  stop(): void;
  retry(): void;
}

interface Message {
  kind: "tiles" | "snapshot";
  seq: number;
  status: StreamStatus;
}

export function createLive(model: AnyModel<WatchState>, until: AbortSignal): Live {
  const traits = bindTraits(model, ["board", "status", "skeleton", "snapshot"], until);
  const tiles = createTiles();
  const saved = traits.status.peek();
  const status = signal(saved);
  const heardAt = signal<number | null>(null);
  const { unanswered, ask, answered } = questions(model, until);
  let seq = traits.snapshot.peek().seq;
  let resyncing = false;

  function follow(next: StreamStatus): void {
    // Python forgets what had arrived when it starts again.
    if (isOver(status.peek()) && !isOver(next)) tiles.forget();
    status.value = next;
    heardAt.value = performance.now();
  }

  function replace(at: number, states: readonly TileState[]): void {
    // One taken before the last flush knows less than is drawn: it can only fill holes.
    if (at < seq) tiles.arrive(states);
    else tiles.replace(states);
    seq = Math.max(seq, at);
  }

  const stops = [
    effect(() => tiles.expect(traits.skeleton.value)),
    effect(() => replace(traits.snapshot.value.seq, traits.snapshot.value.tiles)),
    effect(() => {
      const next = traits.status.value;
      if (next === saved) return;
      answered();
      follow(next);
    }),
  ];

  function hear({ kind, seq: at, status: next }: Message, buffers: DataView[]): void {
    const states = decode(buffers[0]);
    answered();
    if (kind === "snapshot") {
      resyncing = false;
      if (at >= seq) follow(next);
      replace(at, states);
    } else {
      follow(next);
      const gap = at !== seq + 1;
      seq = at;
      tiles.arrive(states);
      if (gap && !resyncing) {
        resyncing = true;
        ask("resync");
      }
    }
  }

  model.on("msg:custom", hear);
  until.addEventListener("abort", () => {
    model.off("msg:custom", hear);
    stops.forEach((stop) => stop());
  });
  // A finished board needs no kernel: a saved notebook shows it without a word about that.
  if (isOver(saved)) model.send({ op: "ready" });
  else ask("ready");
  return {
    board: traits.board,
    status,
    tiles,
    heardAt,
    unanswered,
    stop: () => ask("stop"),
    retry: () => ask("retry"),
  };
}

export function isOver({ phase }: StreamStatus): boolean {
  return phase !== "connecting" && phase !== "streaming";
}

function decode(buffer: DataView | undefined): TileState[] {
  return buffer ? (JSON.parse(new TextDecoder().decode(buffer)) as TileState[]) : [];
}

/** A kernel that is busy or gone does not answer; after a while the view says so. */
function questions(
  model: AnyModel<WatchState>,
  until: AbortSignal,
): { unanswered: Signal<boolean>; ask: (op: string) => void; answered: () => void } {
  const unanswered = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answered = () => {
    clearTimeout(timer);
    unanswered.value = false;
  };
  const ask = (op: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => (unanswered.value = true), PATIENCE);
    model.send({ op });
  };
  until.addEventListener("abort", answered, { once: true });
  return { unanswered, ask, answered };
}
