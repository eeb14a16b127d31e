import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { KnownTile, TileState } from "./state";

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
  forget(): void;
}

export function createTiles(): Tiles {
  const entries = signal<readonly Entry[]>([]);

  function entry(id: number): Entry {
    const found = entries.peek().find((one) => one.id === id);
    if (found) return found;
    const added: Entry = { id, known: signal(null), state: signal(null) };
    entries.value = [...entries.peek(), added];
    return added;
  }

  function arrive(states: readonly TileState[]): void {
    batch(() => {
      for (const next of states) {
        const { state } = entry(next.id);
        if (!isSameArrival(state.peek(), next)) state.value = next;
      }
    });
  }

  return {
    entries,
    arrive,
    expect(known) {
      batch(() => {
        for (const tile of known) entry(tile.id).known.value = tile;
      });
    },
    replace(states) {
      const kept = new Set(states.map(({ id }) => id));
      batch(() => {
        for (const one of entries.peek()) if (!kept.has(one.id)) one.state.value = null;
        arrive(states);
        const left = entries.peek().filter((one) => kept.has(one.id) || one.known.peek());
        if (left.length < entries.peek().length) entries.value = left;
      });
    },
    forget() {
      batch(() => entries.peek().forEach(({ state }) => (state.value = null)));
    },
  };
}

/** A snapshot repeats what is drawn already, and may carry less of it. */
function isSameArrival(drawn: TileState | null, next: TileState): boolean {
  return (
    drawn !== null &&
    drawn.elapsed === next.elapsed &&
    drawn.size === next.size &&
    (next.truncated || !drawn.truncated)
  );
}
