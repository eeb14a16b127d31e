import { expect, test, vi } from "vitest";
import { FakeModel } from "./fake_model";
import { forgetWhenClosed } from "./forget";

function closed(change?: (model: FakeModel<{ _esm: string; rows: number[]; kept: string }>) => void) {
  vi.useFakeTimers();
  const model = new FakeModel({ _esm: "code", rows: [1], kept: "small" });
  const end = new AbortController();
  forgetWhenClosed(model.model, end.signal, ["rows"]);
  change?.(model);
  end.abort();
  const atOnce = { ...model.state };
  vi.runAllTimers();
  vi.useRealTimers();
  return [atOnce, model.state];
}

test("a closed model holds neither its code nor its rows, once all have heard of it", () => {
  const [atOnce, later] = closed();
  expect(atOnce).toEqual({ _esm: "code", rows: [1], kept: "small" });
  expect(later).toMatchObject({ _esm: null, rows: null, kept: "small" });
});

test("a model that was given other code keeps what it shows", () => {
  const [, later] = closed((model) => (model.state._esm = "newer"));
  expect(later).toEqual({ _esm: "newer", rows: [1], kept: "small" });
});
