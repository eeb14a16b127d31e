import { object, text, type Json } from "../../charts/json";
import type { Box } from "../state";

const COLUMNS = 12;

/** A tile as the grid sees it; sides that nobody stored are missing. */
export interface Placeable {
  id: number;
  stored: Partial<Box>;
  usual: Size;
}

export interface Placed {
  id: number;
  box: Box;
}

export interface Size {
  w: number;
  h: number;
}

const USUAL = new Map<string, Size>([
  ["text", { w: 2, h: 2 }],
  ["button", { w: 3, h: 1 }],
  ["FunnelsQuery", { w: 4, h: 4 }],
  ["RetentionQuery", { w: 6, h: 7 }],
  ["PathsQuery", { w: COLUMNS, h: 7 }],
  ["BoldNumber", { w: 2, h: 2 }],
  ["Metric", { w: 3, h: 3 }],
]);

/** Size of a tile that has none stored, by what it holds (contract 10.5). */
export function usualSize(kind: string, tile: Json | null): Size {
  const query = object(object(tile?.["insight"])["query"]);
  const source = object(query["source"]);
  const display = text(object(source["trendsFilter"])["display"]);
  const found = USUAL.get(display) ?? USUAL.get(text(source["kind"])) ?? USUAL.get(kind);
  return found ?? { w: 6, h: 5 };
}

/** Every tile's box, in reading order: stored ones close ranks upwards, the rest fill in below. */
export function place(tiles: readonly Placeable[]): Placed[] {
  const sized = tiles.map(({ id, stored, usual }) => {
    const w = clamp(stored.w ?? usual.w, 1, COLUMNS);
    const h = Math.max(1, stored.h ?? usual.h);
    const { x = 0, y } = stored;
    const fits = x >= 0 && x + w <= COLUMNS;
    return { id, y, box: { x: fits ? x : 0, y: y ?? 0, w, h } };
  });
  const placed: Placed[] = [];
  for (const { id, box } of sized.filter(({ y }) => y !== undefined).sort(byPlace)) {
    placed.push({ id, box: settle(box, placed) });
  }
  for (const { id, box } of sized.filter(({ y }) => y === undefined)) {
    placed.push({ id, box: pack(box, placed) });
  }
  return placed.sort(byPlace);
}

/** Up while there is room, then down past whatever is in the way. */
function settle(box: Box, placed: readonly Placed[]): Box {
  const isFree = (y: number) => !hit({ ...box, y }, placed);
  let y = Math.max(0, box.y);
  while (y > 0 && isFree(y - 1)) y -= 1;
  for (let other = hit({ ...box, y }, placed); other; other = hit({ ...box, y }, placed)) {
    y = other.y + other.h;
  }
  return { ...box, y };
}

/** The lowest place along the bottom, leftmost on ties. */
function pack(box: Box, placed: readonly Placed[]): Box {
  let best = { ...box, x: 0, y: Infinity };
  for (let x = 0; x + box.w <= COLUMNS; x += 1) {
    const under = placed.filter(({ box: other }) => other.x < x + box.w && x < other.x + other.w);
    const y = Math.max(0, ...under.map(({ box: other }) => other.y + other.h));
    if (y < best.y) best = { ...box, x, y };
  }
  return best;
}

function hit(box: Box, placed: readonly Placed[]): Box | undefined {
  return placed.find(
    ({ box: other }) =>
      other.x < box.x + box.w &&
      box.x < other.x + other.w &&
      other.y < box.y + box.h &&
      box.y < other.y + other.h,
  )?.box;
}

function byPlace(one: { box: Box }, other: { box: Box }): number {
  return one.box.y - other.box.y || one.box.x - other.box.x;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
