import { computed, type ReadonlySignal } from "@preact/signals";
import { object, type Json } from "../../charts/json";
import { contentOf } from "../tile/content";
import { place, usualSize, type Placeable } from "./grid";
import type { Box } from "../state";
import type { Entry, Tiles } from "../tile/tiles";

export interface PlacedEntry {
  entry: Entry;
  box: Box;
}

/** Where the tiles are, in reading order; the same array as long as none moves. */
export function placement({ entries }: Tiles): ReadonlySignal<readonly PlacedEntry[]> {
  let last: readonly PlacedEntry[] = [];
  return computed(() => {
    const byId = new Map(entries.value.map((entry) => [entry.id, entry]));
    const next = place(entries.value.map(placeable)).flatMap(({ id, box }) => {
      const entry = byId.get(id);
      return entry ? [{ entry, box }] : [];
    });
    if (!isSame(last, next)) last = next;
    return last;
  });
}

function placeable({ id, known, state }: Entry): Placeable {
  const tile = state.value?.tile ?? null;
  const stored = known.value?.layout ?? sides(object(object(tile?.["layouts"])["sm"]));
  return { id, stored, usual: usualSize(known.value?.kind ?? contentOf(tile ?? {}).kind, tile) };
}

function sides(box: Json): Partial<Box> {
  const whole = Object.entries(box).filter(([, value]) => Number.isInteger(value));
  return Object.fromEntries(whole);
}

function isSame(one: readonly PlacedEntry[], other: readonly PlacedEntry[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ entry, box }, index) => {
      const there = other[index];
      return (
        entry === there?.entry &&
        (["x", "y", "w", "h"] as const).every((side) => box[side] === there.box[side])
      );
    })
  );
}
