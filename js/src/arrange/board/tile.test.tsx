// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { arrangeState, viewOf } from "../fake_state";
import { Inside } from "./tile";
import type { View } from "../view";

const DAYS = ["2026-06-10", "2026-06-11"];
const LINES = ["Chrome", "Firefox"].map((name) => {
  const action = { order: 0, name: "$pageview" };
  return { label: name, breakdown_value: [name], action, days: DAYS, data: [1, 2] };
});

function drawn(filter: object = {}): [View, HTMLElement] {
  const state = arrangeState([1]);
  const insight = {
    query: { source: { kind: "TrendsQuery", trendsFilter: filter } },
    result: LINES,
  };
  const view = viewOf({ ...state, tiles: [{ ...state.tiles[0]!, kind: "insight", insight }] });
  const root = document.createElement("div");
  const Whole = () => {
    void view.boxes.value;
    return <Inside id={1} body={null} view={view} />;
  };
  act(() => render(<Whole />, root));
  return [view, root];
}

test("a picture is drawn anew in the board's new colors", () => {
  const [view, root] = drawn();
  const before = root.innerHTML;
  const breakdown_colors = [
    { breakdownValue: "Firefox", colorToken: "preset-7", breakdownType: null },
  ];
  act(() => void (view.board.value = { ...view.board.value, breakdown_colors }));
  expect(root.innerHTML).not.toBe(before);
});

test("while tiles are dragged no result is read again", () => {
  const [view] = drawn();
  const read = vi.spyOn(JSON, "stringify");
  act(() => view.show(new Map([[1, { x: 4, y: 0, w: 3, h: 2 }]])));
  expect(read).not.toHaveBeenCalled();
  read.mockRestore();
});

test("what was hidden in PostHog is hidden in the picture", () => {
  const key = JSON.stringify({ series: 0, breakdown_value: ["Firefox"] });
  const [, root] = drawn({ resultCustomizations: { [key]: { hidden: true } } });
  expect(root.querySelectorAll("svg .dw-stroke")).toHaveLength(1);
  expect(drawn()[1].querySelectorAll("svg .dw-stroke")).toHaveLength(2);
});
