import type { AnyModel } from "@anywidget/types";
import { batch, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { bindTraits } from "../shared/traits";
import type { BoardState, StreamStatus, TileState, WatchState } from "./state";
import { createTiles, type Tiles } from "./tile/tiles";
import { createWire, unpack, type Part } from "./wire";

/** One board as it fills in, and the way to ask Python about it. */
export interface Live {
  readonly board: ReadonlySignal<BoardState>;
  readonly status: ReadonlySignal<StreamStatus>;
  readonly tiles: Tiles;
  /** When the newest status came, on `performance.now()`; null while none came from a kernel. */
  readonly heardAt: ReadonlySignal<number | null>;
  /** A question went out and nothing has come back for a while. */
  readonly unanswered: ReadonlySignal<boolean>;
  /** A saved board is being unpacked: what is missing may yet come. */
  readonly opening: ReadonlySignal<boolean>;
  readonly isNarrow: boolean;
  /** Somebody listens when something is wanted of a tile. */
  readonly opens: ReadonlySignal<boolean>;
  stop(): void;
  pause(): void;
  resume(): void;
  again(how?: Again): void;
  retry(tile: number): void;
  open(tile: number, what: string): void;
}

interface Again {
  refresh?: string;
  date_from?: string | null;
}

interface Section extends Live {
  readonly status: Signal<StreamStatus>;
  readonly heardAt: Signal<number | null>;
}

/** What every view of one model shares: its boards. */
export function createLive(
  model: AnyModel<WatchState>,
  until: AbortSignal,
  broken: (error: unknown) => void = (error) => console.error(error),
): Live[] {
  const names = ["boards", "statuses", "skeletons", "snapshot", "layout_size", "opens"] as const;
  const traits = bindTraits(model, names, until);
  const saved = traits.statuses.peek();
  const unanswered = signal(false);
  const opening = signal(true);

  const wire = createWire(
    model,
    {
      arrive(parts) {
        batch(() => parts.forEach(({ section, status, tiles }) => {
          follow(section, status);
          sections[section]?.tiles.arrive(tiles);
        }));
      },
      replace(parts, isOld) {
        batch(() => parts.forEach((part) => replace(part, isOld)));
      },
      silent: (isSilent) => (unanswered.value = isSilent),
    },
    until,
  );

  const sections: Section[] = traits.boards.peek().map((board, section) => {
    const at = signal(board);
    const ask = (op: string, more: object = {}) => wire.ask({ op, section, ...more });
    return {
      board: at,
      status: signal(saved[section]!),
      tiles: createTiles(),
      heardAt: signal<number | null>(null),
      unanswered,
      opening,
      isNarrow: traits.layout_size.peek() === "xs",
      opens: traits.opens,
      stop: () => ask("stop"),
      pause: () => ask("pause"),
      resume: () => ask("resume"),
      again: (how = {}) => ask("again", how),
      retry: (tile) => ask("retry", { tile }),
      open: (tile, what) => ask("open", { tile, what }),
    };
  });

  function follow(section: number, next: StreamStatus): void {
    const one = sections[section];
    if (!one) return;
    one.status.value = next;
    one.heardAt.value = performance.now();
  }

  function replace({ section, status, tiles }: Part, isOld: boolean): void {
    // One taken before the last flush knows less than is drawn: it can only fill holes.
    if (!isOld) follow(section, status);
    draw(section, tiles, isOld);
  }

  function draw(section: number, tiles: readonly TileState[], isOld: boolean): void {
    if (isOld) sections[section]?.tiles.arrive(tiles);
    else sections[section]?.tiles.replace(tiles);
  }

  let unpacking = 0;
  async function unpacked(packed: DataView): Promise<void> {
    const turn = ++unpacking;
    const { seq, sections: drawn } = await unpack(packed);
    if (turn !== unpacking || until.aborted) return; // a newer one is on its way
    batch(() => {
      const isOld = wire.skip(seq);
      drawn.forEach((tiles, section) => draw(section, tiles, isOld));
      opening.value = false;
    });
  }

  const stops = [
    effect(() => {
      traits.boards.value.forEach((board, section) => {
        const at = sections[section]?.board as Signal<BoardState> | undefined;
        if (at) at.value = board;
      });
    }),
    effect(() => traits.skeletons.value.forEach((known, at) => sections[at]?.tiles.expect(known))),
    effect(() => void unpacked(traits.snapshot.value).catch(broken)),
    effect(() => {
      const next = traits.statuses.value;
      if (next === saved) return;
      wire.heard();
      next.forEach((status, section) => follow(section, status));
    }),
  ];
  until.addEventListener("abort", () => stops.forEach((stop) => stop()));

  // A finished board needs no kernel: a saved notebook shows it without a word about that.
  if (saved.every(isOver)) model.send({ op: "ready" });
  else wire.ask({ op: "ready" });
  return sections;
}

export function isOver({ phase }: Pick<StreamStatus, "phase">): boolean {
  return phase === "complete" || phase === "failed" || phase === "stopped";
}

const LEAST_FAR: StreamStatus["phase"][] = [
  "connecting",
  "retrying",
  "streaming",
  "refreshing",
  "paused",
  "stopped",
  "failed",
  "complete",
];

/** Several boards as one: the phase of the one that is least far. */
export function together(lives: readonly Live[]): StreamStatus["phase"] {
  const phases = lives.map(({ status }) => status.value.phase);
  return LEAST_FAR.find((phase) => phases.includes(phase)) ?? "complete";
}
