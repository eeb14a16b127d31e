// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { openByArrow } from "./arrows";

function pressed(key: string) {
  const select = document.createElement("select");
  const showPicker = vi.fn();
  Object.assign(select, { showPicker });
  select.addEventListener("keydown", openByArrow);
  const event = new KeyboardEvent("keydown", { key, cancelable: true });
  select.dispatchEvent(event);
  return { showPicker, event };
}

test("an arrow opens the list and takes nothing from it", () => {
  const { showPicker, event } = pressed("ArrowDown");
  expect(showPicker).toHaveBeenCalledOnce();
  expect(event.defaultPrevented).toBe(true);
});

test("other keys do what they do", () => {
  const { showPicker, event } = pressed("Tab");
  expect(showPicker).not.toHaveBeenCalled();
  expect(event.defaultPrevented).toBe(false);
});
