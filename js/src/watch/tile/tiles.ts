import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { KnownTile, TileState } from "../state";

/** One tile of the board: what was known of it beforehand, and its state once it arrived. */
export interface Entry {
  readonly id: number;
  readonly known: Signal<KnownTile | null>;
  readonly state: Signal<TileState | null>;
}

export interface Tiles {
  /** Changes only when a tile is added or taken away: each tile has a signal of its own. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  expect(known: readonly KnownTile[]): void;
  arrive(states: readonly TileState[]): void;
  replace(states: readonly TileState[]): void;
}

export function createTiles(): Tiles {
  const entries = signal<readonly Entry[]>([]);
  const byId = new Map<number, Entry>();

  function entry(id: number): Entry {
    let found = byId.get(id);
    if (!found) byId.set(id, (found = { id, known: signal(null), state: signal(null) }));
    return found;
  }

  /** Tell of tiles that came or went; the same array as long as none did. */
  function settle(): void {
    const now = entries.peek();
    if (now.length === byId.size && now.every(({ id }) => byId.has(id))) return;
    entries.value = [...byId.values()];
  }

  function arrive(states: readonly TileState[]): void {
    batch(() => {
      for (const next of states) {
        const { state } = entry(next.id);
        if (isNews(state.peek(), next)) state.value = next;
      }
      settle();
    });
  }

  function forget(isGone: (one: Entry) => boolean): void {
    for (const one of [...byId.values()]) if (isGone(one)) byId.delete(one.id);
  }

  return {
    entries,
    arrive,
    expect(known) {
      const kept = new Set(known.map(({ id }) => id));
      batch(() => {
        for (const tile of known) entry(tile.id).known.value = tile;
        // A tile that was expected and is so no more has left the board.
        forget((one) => one.known.peek() !== null && !kept.has(one.id));
        settle();
      });
    },
    replace(states) {
      const kept = new Set(states.map(({ id }) => id));
      batch(() => {
        for (const one of byId.values()) if (!kept.has(one.id)) one.state.value = null;
        arrive(states);
        forget((one) => !kept.has(one.id) && one.known.peek() === null);
        settle();
      });
    },
  };
}

/** A snapshot repeats what is drawn already, and may carry less of it, or be older. */
function isNews(drawn: TileState | null, next: TileState): boolean {
  if (drawn === null) return true;
  if (next.round !== drawn.round) return next.round > drawn.round;
  if (next.elapsed !== drawn.elapsed) return next.elapsed > drawn.elapsed;
  return drawn.truncated && !next.truncated;
}
