// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { arrangeState, viewOf } from "../fake_state";
import { List } from "./list";

test("a row that is taken away from the pointer is let go", () => {
  const view = viewOf(arrangeState([1, 2]));
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  act(() => render(<List view={view} />, root));
  const grip = root.querySelector<HTMLElement>(".dw-grip")!;
  grip.setPointerCapture = () => {};
  const point = (type: string) =>
    act(() => void grip.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1 })));
  point("pointerdown");
  expect(root.querySelectorAll("[data-dw-held]")).toHaveLength(1);
  point("lostpointercapture");
  expect(root.querySelectorAll("[data-dw-held]")).toHaveLength(0);
});
