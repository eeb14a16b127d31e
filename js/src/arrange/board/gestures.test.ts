// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { arrangeState, viewOf } from "../fake_state";
import { follow } from "./gestures";
import type { View } from "../view";

let view: View;
let board: HTMLElement;

beforeEach(() => {
  view = viewOf(arrangeState([1, 2]));
  view.width.value = 1200;
  board = document.createElement("div");
  board.className = "dw-canvas";
  board.innerHTML = `<div data-dw-tile="1"></div><div data-dw-tile="2"></div>`;
  document.body.replaceChildren(board);
  for (const tile of tiles()) {
    tile.setPointerCapture = () => {};
    const id = Number(tile.dataset["dwTile"]);
    tile.addEventListener("pointerdown", (event) => follow(event, id, "move", view));
  }
});

afterEach(() => vi.restoreAllMocks());

const tiles = () => [...board.children] as [HTMLElement, HTMLElement];

function point(on: EventTarget, type: string, x: number, pointerId = 1): void {
  on.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: x, clientY: 300, pointerId }));
}

const drawn = () => new Promise((done) => requestAnimationFrame(done));

test("a frame that was queued before the drop draws nothing after it", async () => {
  const [tile] = tiles();
  point(tile, "pointerdown", 0);
  point(tile, "pointermove", 600);
  point(tile, "pointerup", 600);
  await drawn();
  expect(tile.style.getPropertyValue("--dx")).toBe("0px");
  expect(view.hold.value).toBeNull();
});

test("another finger neither moves nor drops what the first one holds", async () => {
  const [tile] = tiles();
  point(tile, "pointerdown", 0);
  point(tile, "pointermove", 50);
  point(tile, "pointermove", 600, 2);
  await drawn();
  expect(tile.style.getPropertyValue("--dx")).toBe("50px");
  point(tile, "pointerup", 600, 2);
  point(tile, "lostpointercapture", 600, 2);
  expect(view.hold.value?.ids).toEqual([1]);
  point(tile, "pointerup", 50);
  expect(view.hold.value).toBeNull();
});

test("while one tile is held no other can be taken", async () => {
  const [first, second] = tiles();
  point(first, "pointerdown", 0);
  point(second, "pointerdown", 0, 2);
  point(first, "pointermove", 50);
  point(second, "pointermove", 50, 2);
  await drawn();
  expect(view.hold.value?.ids).toEqual([1]);
  expect(second.style.getPropertyValue("--dx")).not.toBe("50px");
});
