import { expect, test, vi } from "vitest";
import { forgetWhenClosed } from "./forget";

interface Values {
  _esm: string | null;
  snapshot: number | null;
  kept: string;
}

function closed(change?: (values: Values) => void): [atOnce: Values, later: Values] {
  vi.useFakeTimers();
  const values: Values = { _esm: "code", snapshot: 1, kept: "small" };
  // As Backbone's does, anywidget's takes several values at once.
  const model = {
    get: (name: keyof Values) => values[name],
    set: (several: Partial<Values>) => Object.assign(values, several),
  };
  const end = new AbortController();
  forgetWhenClosed(model as never, end.signal);
  change?.(values);
  end.abort();
  const atOnce = { ...values };
  vi.runAllTimers();
  vi.useRealTimers();
  return [atOnce, values];
}

test("a closed model holds neither its code nor its snapshot, once all have heard of it", () => {
  const [atOnce, later] = closed();
  expect(atOnce).toEqual({ _esm: "code", snapshot: 1, kept: "small" });
  expect(later).toEqual({ _esm: null, columns: null, snapshot: null, kept: "small" });
});

test("a model that was given other code keeps what it shows", () => {
  const [, later] = closed((values) => (values._esm = "newer"));
  expect(later).toEqual({ _esm: "newer", snapshot: 1, kept: "small" });
});
