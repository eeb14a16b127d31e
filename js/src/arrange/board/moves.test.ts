import { expect, test } from "vitest";
import layouts from "../layouts.json?raw";
import { compacted, moved, movedTogether, resized, type Boxes } from "./moves";

interface Made {
  start: number[];
  compact: number[];
  steps: ["move" | "resize", number, number, number, number[]][];
}

const made = JSON.parse(layouts) as Made[];

function boxesOf(flat: readonly number[]): Boxes {
  const at = (index: number) => flat[index] as number;
  return new Map(
    Array.from({ length: flat.length / 4 }, (_, tile) => [
      tile + 1,
      { x: at(4 * tile), y: at(4 * tile + 1), w: at(4 * tile + 2), h: at(4 * tile + 3) },
    ]),
  );
}

const flat = (boxes: Boxes) => [...boxes.values()].flatMap(({ x, y, w, h }) => [x, y, w, h]);

test("2,000 moves and resizes end like the library's own", () => {
  let steps = 0;
  for (const board of made) {
    let boxes = compacted(boxesOf(board.start));
    expect(flat(boxes)).toEqual(board.compact);
    let expected = board.compact;
    for (const [verb, tile, one, other, changed] of board.steps) {
      expected = [...expected];
      for (let at = 0; at < changed.length; at += 2) {
        expected[changed[at] as number] = changed[at + 1] as number;
      }
      boxes = (verb === "move" ? moved : resized)(boxes, tile, one, other);
      expect(flat(boxes)).toEqual(expected);
      steps += 1;
    }
  }
  expect(steps).toBe(2_000);
});

test("tiles that move together keep their places beside each other", () => {
  const boxes = boxesOf([0, 0, 4, 2, 4, 0, 4, 2, 8, 0, 4, 2, 0, 2, 12, 2]);
  const after = movedTogether(boxes, [1, 2], 4, 0);
  expect(after.get(1)).toEqual({ x: 4, y: 0, w: 4, h: 2 });
  expect(after.get(2)).toEqual({ x: 8, y: 0, w: 4, h: 2 });
  expect(movedTogether(boxes, [1, 3], 5, 0)).toEqual(boxes);
});
