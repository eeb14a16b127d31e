import { computed, type ReadonlySignal } from "@preact/signals";
import { object, type Json } from "../../charts/json";
import { contentOf, nameOf } from "../tile/content";
import { place, usualSize, type Placeable, type Placed } from "./grid";
import type { Box } from "../state";
import type { Entry, Tiles } from "../tile/tiles";

export interface PlacedEntry {
  entry: Entry;
  box: Box;
}

/** Where the tiles are, in reading order; the same array as long as none moves. */
export function placement(
  { entries }: Tiles,
  byName: ReadonlySignal<boolean>,
): ReadonlySignal<readonly PlacedEntry[]> {
  let last: readonly PlacedEntry[] = [];
  return computed(() => {
    const byId = new Map(entries.value.map((entry) => [entry.id, entry]));
    const known = entries.value.map(placeable);
    const next = (byName.value ? flow(known, byId) : place(known)).flatMap(({ id, box }) => {
      const entry = byId.get(id);
      return entry ? [{ entry, box }] : [];
    });
    if (!isSame(last, next)) last = next;
    return last;
  });
}

/** The same tiles in the order of their names, as text flows. */
function flow(tiles: readonly Placeable[], byId: ReadonlyMap<number, Entry>): Placed[] {
  const name = ({ id }: Placeable) => nameOf(byId.get(id)!);
  const sorted = [...tiles].sort((one, other) => name(one).localeCompare(name(other)));
  return place(sorted.map(({ stored: { w, h }, ...rest }) => ({ ...rest, stored: sized(w, h) })));
}

function sized(w?: number, h?: number): Partial<Box> {
  return { ...(w !== undefined && { w }), ...(h !== undefined && { h }) };
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
