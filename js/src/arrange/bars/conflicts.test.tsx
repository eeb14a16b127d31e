// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { arrangeState, viewOf } from "../fake_state";
import { Saved } from "./conflicts";

test("what a save came to is said again after the next one, though it was dismissed", () => {
  const view = viewOf({ ...arrangeState([1]), notes: ["A copy has no name."] });
  const root = document.createElement("div");
  const saving = (saving: boolean) =>
    act(() => void (view.progress.value = { ...view.progress.value, saving }));
  act(() => render(<Saved view={view} />, root));
  act(() => root.querySelector("button")!.click());
  expect(root.textContent).toBe("");
  saving(true);
  expect(root.textContent).toBe("");
  saving(false);
  expect(root.textContent).toContain("A copy has no name.");
});
