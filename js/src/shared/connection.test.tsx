// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { NOT_CONNECTED, SAVED, NoKernel, watchConnection } from "./connection";
import { FakeModel } from "./fake_model";
import { createRequests } from "./requests";

function shown(el: HTMLElement) {
  const [fake, until] = [new FakeModel({}), new AbortController()];
  const root = document.createElement("div");
  act(() => render(<NoKernel connection={watchConnection(fake.model, el, until.signal)} />, root));
  return { fake, until, root, said: () => root.querySelector("[role=alert]")?.textContent };
}

test("a view whose kernel has gone says so", () => {
  const { fake, until, said } = shown(document.createElement("div"));
  expect(said()).toBeUndefined();
  act(() => fake.tell("comm_live_update"));
  expect(said()).toBe(NOT_CONNECTED);
  until.abort();
  expect(fake.listeners).toBe(0);
});

test("a view that is opened without a kernel is a saved one, and nothing is wrong with it", () => {
  const el = document.createElement("div");
  el.className = "jupyter-widgets-disconnected";
  const { root, said } = shown(el);
  expect(said()).toBeUndefined();
  expect(root.querySelector("[role=status]")?.textContent).toBe(SAVED);
});

test("what can't be asked any more is refused at once, in a sentence", async () => {
  const fake = new FakeModel({});
  vi.spyOn(fake, "send").mockImplementation(() => {
    throw new Error("Cannot send");
  });
  const ask = createRequests(fake.model, new AbortController().signal);
  await expect(ask("save")).rejects.toThrow(NOT_CONNECTED);
});
