import { moveElement, verticalCompactor, type LayoutItem } from "react-grid-layout/core";
import type { Box } from "../state";

// Scripts use the same grid without a browser: dashwidgets/layout/grid.py. The two share no code,
// only layouts.json, on which both are tested; a change here needs its twin there.
export const COLUMNS = 12;

/** Tile id to place; the order of the tiles decides ties. */
export type Boxes = ReadonlyMap<number, Box>;

/** Drop a tile at a column and a row; others make way, then all rise. */
export function moved(boxes: Boxes, id: number, x: number, y: number): Boxes {
  const box = boxes.get(id);
  return box ? movedTogether(boxes, [id], x - box.x, y - box.y) : boxes;
}

/** Move some tiles by as many columns and rows, as far as the grid lets all of them. */
export function movedTogether(boxes: Boxes, ids: readonly number[], dx: number, dy: number): Boxes {
  const held = ids.flatMap((id) => boxes.get(id) ?? []);
  if (held.length === 0) return boxes;
  const left = Math.min(...held.map(({ x }) => x));
  const right = Math.max(...held.map(({ x, w }) => x + w));
  const across = Math.max(-left, Math.min(dx, COLUMNS - right));
  const down = Math.max(-Math.min(...held.map(({ y }) => y)), dy);

  let layout = itemsOf(boxes);
  const chosen = new Set(ids.map(String));
  const group = layout.filter(({ i }) => chosen.has(i)).sort(byPlace);
  // Those of a group never push each other: they count as moved from the start.
  if (group.length > 1) group.forEach((item) => (item.moved = true));
  const targets = group.map((item) => ({ item, x: item.x + across, y: item.y + down }));
  for (const { item, x, y } of down > 0 ? targets.reverse() : targets) {
    layout = [...moveElement(layout, item, x, y, true, false, "vertical", COLUMNS, false)];
  }
  return boxesOf(layout, boxes);
}

/** Give a tile another size, within the grid and not below its smallest. */
export function resized(boxes: Boxes, id: number, w: number, h: number, least = [1, 1]): Boxes {
  const box = boxes.get(id);
  if (!box) return boxes;
  const wide = Math.max(1, Math.min(Math.max(w, least[0] ?? 1), COLUMNS - box.x));
  const high = Math.max(1, h, least[1] ?? 1);
  return compacted(new Map([...boxes, [id, { ...box, w: wide, h: high }]]));
}

/** Let every tile rise until it rests on another or on the top. */
export function compacted(boxes: Boxes): Boxes {
  return boxesOf(itemsOf(boxes), boxes);
}

export function readingOrder(boxes: Boxes): number[] {
  return [...boxes].sort(([, a], [, b]) => byPlace(a, b)).map(([id]) => id);
}

export function isSameBox(a: Box | undefined, b: Box | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y && a?.w === b?.w && a?.h === b?.h;
}

export function isSame(a: Boxes, b: Boxes): boolean {
  return a.size === b.size && [...a].every(([id, box]) => isSameBox(box, b.get(id)));
}

function byPlace(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return a.y - b.y || a.x - b.x;
}

function itemsOf(boxes: Boxes): LayoutItem[] {
  return [...boxes].map(([id, { x, y, w, h }]) => ({ i: String(id), x, y, w, h }));
}

/** A box that did not change stays the same object: what draws it need not draw again. */
function boxesOf(layout: readonly LayoutItem[], before: Boxes): Boxes {
  return new Map(
    verticalCompactor.compact(layout, COLUMNS).map(({ i, x, y, w, h }) => {
      const id = Number(i);
      const old = before.get(id);
      const box = { x, y, w, h };
      return [id, old && isSameBox(old, box) ? old : box];
    }),
  );
}
