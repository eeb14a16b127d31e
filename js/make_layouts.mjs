// Layouts as react-grid-layout makes them: what our grids, in Python and here, are compared with.
// `node make_layouts.mjs` writes src/arrange/layouts.json; the same seed, the same bytes.
import { writeFile } from "node:fs/promises";
import { cloneLayout, moveElement, verticalCompactor } from "react-grid-layout/core";

const COLUMNS = 12;
const STEPS = 2_000;
const BOARDS = 100;
const target = new URL("src/arrange/layouts.json", import.meta.url);

let seed = 20_260_601;

/** A whole number below `end`; small, good enough, and the same on every machine. */
function random(end) {
  seed = (Math.imul(seed ^ (seed >>> 15), seed | 1) + 0x6d2b79f5) | 0;
  const mixed = Math.imul(seed ^ (seed >>> 13), 0x5bd1e995);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % end;
}

const flat = (layout) => layout.flatMap(({ x, y, w, h }) => [x, y, w, h]);

function randomBoard(size) {
  return Array.from({ length: size }, (_, at) => {
    const w = 1 + random(random(4) ? 6 : COLUMNS);
    return { i: String(at + 1), x: random(COLUMNS - w + 1), y: random(2 * size), w, h: 1 + random(7) };
  });
}

function moved(layout, at, x, y) {
  const item = layout[at];
  return verticalCompactor.compact(
    moveElement(layout, item, x, y, true, false, "vertical", COLUMNS, false),
    COLUMNS,
  );
}

function resized(layout, at, w, h) {
  const items = layout.map((item, index) => (index === at ? { ...item, w, h } : item));
  return verticalCompactor.compact(items, COLUMNS);
}

// One drag after another on the same board, as a user does it.
const boards = Array.from({ length: BOARDS }, (_, number) => {
  const start = randomBoard(2 + random(number < 90 ? 20 : 60));
  let layout = verticalCompactor.compact(cloneLayout(start), COLUMNS);
  const board = { start: flat(start), compact: flat(layout), steps: [] };
  for (let step = 0; step < STEPS / BOARDS; step += 1) {
    const at = random(layout.length);
    const { x, w, h } = layout[at];
    const resizes = random(3) === 0;
    const asked = resizes
      ? [1 + random(COLUMNS - x), 1 + random(9)]
      : [random(COLUMNS - w + 1), random(layout.reduce((end, i) => Math.max(end, i.y + i.h), 0) + h)];
    const before = flat(layout);
    layout = (resizes ? resized : moved)(layout, at, ...asked);
    const after = flat(layout);
    // Only what changed: [index in the flat layout, new value].
    const changed = after.flatMap((value, index) => (value === before[index] ? [] : [index, value]));
    board.steps.push([resizes ? "resize" : "move", at + 1, ...asked, changed]);
  }
  return board;
});

await writeFile(target, `[\n${boards.map((board) => JSON.stringify(board)).join(",\n")}\n]\n`);
