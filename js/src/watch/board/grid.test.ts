import { expect, test } from "vitest";
import { place, usualSize, type Placeable } from "./grid";
import type { Box } from "../state";

const USUAL = { w: 6, h: 5 };

function tile(id: number, stored: Partial<Box>): Placeable {
  return { id, stored, usual: USUAL };
}

function boxes(...tiles: Placeable[]): Record<number, number[]> {
  return Object.fromEntries(place(tiles).map(({ id, box: { x, y, w, h } }) => [id, [x, y, w, h]]));
}

test("stored boxes stay where they are, in reading order", () => {
  const tiles = [tile(2, { x: 6, y: 1, w: 6, h: 5 }), tile(1, { x: 0, y: 0, w: 12, h: 1 })];
  expect(boxes(...tiles)).toEqual({ 1: [0, 0, 12, 1], 2: [6, 1, 6, 5] });
  expect(place(tiles).map(({ id }) => id)).toEqual([1, 2]);
});

test("gaps close and overlaps part", () => {
  expect(boxes(tile(1, { x: 0, y: 4, w: 6, h: 2 }), tile(2, { x: 3, y: 5, w: 6, h: 2 }))).toEqual({
    1: [0, 0, 6, 2],
    2: [3, 2, 6, 2],
  });
});

test("what would leave the grid is brought back", () => {
  expect(boxes(tile(1, { x: 9, y: 0, w: 6, h: 2 }), tile(2, { x: 0, y: 2, w: 40, h: 1 }))).toEqual({
    1: [0, 0, 6, 2],
    2: [0, 2, 12, 1],
  });
});

test("tiles without a row go below the placed ones: lowest first, then leftmost", () => {
  expect(boxes(tile(1, {}), tile(2, { x: 0, y: 0, w: 6, h: 3 }), tile(3, {}))).toEqual({
    2: [0, 0, 6, 3],
    1: [6, 0, 6, 5],
    3: [0, 3, 6, 5],
  });
});

test("a tile without a size gets the usual one of its kind", () => {
  const query = (source: object) => ({ insight: { query: { source } } });
  expect(usualSize("text", null)).toEqual({ w: 2, h: 2 });
  expect(usualSize("insight", query({ kind: "FunnelsQuery" }))).toEqual({ w: 4, h: 4 });
  const number = { kind: "TrendsQuery", trendsFilter: { display: "BoldNumber" } };
  expect(usualSize("insight", query(number))).toEqual({ w: 2, h: 2 });
  expect(usualSize("insight", null)).toEqual({ w: 6, h: 5 });
  expect(usualSize("insight", query({ kind: "constructor" }))).toEqual({ w: 6, h: 5 });
});
