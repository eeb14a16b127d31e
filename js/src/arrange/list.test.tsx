import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { FakeModel } from "../bridge/fake_model";
import { arrangeState } from "./fake_state";
import { List } from "./list";
import { createView } from "./view";

test("a row that is taken away from the pointer is let go", () => {
  const view = createView(new FakeModel(arrangeState([1, 2])).model, new AbortController().signal);
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
