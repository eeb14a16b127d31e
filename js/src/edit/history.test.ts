import { expect, test } from "vitest";
import { createHistory } from "./history";

test("undo and redo walk the same way", () => {
  const history = createHistory<string>();
  history.leave("a", "name", 0);
  history.leave("b", "tags", 10);
  expect(history.undo("c")).toBe("b");
  expect(history.undo("b")).toBe("a");
  expect(history.canUndo.value).toBe(false);
  expect(history.undo("a")).toBe("a");
  expect(history.redo("a")).toBe("b");
  expect(history.redo("b")).toBe("c");
  expect(history.canRedo.value).toBe(false);
});

test("typing on in one place is one step; a pause begins another", () => {
  const history = createHistory<string>();
  history.leave("", "name", 0);
  history.leave("G", "name", 100);
  history.leave("Gr", "name", 200);
  history.leave("Gro", "name", 5_000);
  expect(history.undo("Grow")).toBe("Gro");
  expect(history.undo("Gro")).toBe("");
});

test("a new edit ends what could be redone", () => {
  const history = createHistory<string>();
  history.leave("a", "name", 0);
  history.undo("b");
  history.leave("a", "name", 10_000);
  expect(history.canRedo.value).toBe(false);
});
