// @vitest-environment jsdom
import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { NOT_CONNECTED, type Connection } from "../../shared/connection";
import { FakeBoard, status } from "../fake_model";
import { Header } from "./header";
import { createLive } from "../live";
import { createView } from "../view";

function banners(phase: "streaming" | "complete") {
  const fake = new FakeBoard({ status: status({ phase }) });
  const [live] = createLive(fake.model, new AbortController().signal);
  const root = document.createElement("div");
  act(() => render(<Header view={createView(live!, signal<Connection>("lost"), window)} />, root));
  return { live: live!, said: () => [...root.querySelectorAll("p")].map((p) => p.textContent) };
}

test("a board that is not finished says that its kernel is gone, and only that", () => {
  vi.useFakeTimers();
  const { said } = banners("streaming");
  act(() => void vi.advanceTimersByTime(6000));
  expect(said()).toEqual([NOT_CONNECTED]);
  vi.useRealTimers();
});

test("a finished one says so when it is asked for something", () => {
  vi.useFakeTimers();
  const { live, said } = banners("complete");
  expect(said()).toEqual([]);
  live.again();
  act(() => void vi.advanceTimersByTime(6000));
  expect(said()).toEqual([NOT_CONNECTED]);
  vi.useRealTimers();
});
