import { expect, test, vi } from "vitest";
import { forgetWhenClosed } from "./forget";

interface Values {
  _esm: string | null;
  snapshot: number | null;
  kept: string;
}

type Closed = [atOnce: Values, later: Values, before: Values];

function closed(change?: (values: Values) => void): Closed {
  vi.useFakeTimers();
  const values: Values = { _esm: "code", snapshot: 1, kept: "small" };
  let before = { ...values };
  // As Backbone's does, anywidget's takes several values at once, and keeps those before.
  const model = {
    get: (name: keyof Values) => values[name],
    set: (several: Partial<Values>) => {
      before = { ...values };
      Object.assign(values, several);
    },
  };
  const end = new AbortController();
  forgetWhenClosed(model as never, end.signal);
  change?.(values);
  end.abort();
  const atOnce = { ...values };
  vi.runAllTimers();
  vi.useRealTimers();
  return [atOnce, values, before];
}

test("a closed model holds neither its code nor its snapshot, once all have heard of it", () => {
  const [atOnce, later, before] = closed();
  expect(atOnce).toEqual({ _esm: "code", snapshot: 1, kept: "small" });
  expect(later).toEqual({ _css: null, _esm: null, columns: null, snapshot: null, kept: "small" });
  expect(before).toEqual(later);
});

test("a model that was given other code keeps what it shows", () => {
  const [, later] = closed((values) => (values._esm = "newer"));
  expect(later).toEqual({ _esm: "newer", snapshot: 1, kept: "small" });
});
