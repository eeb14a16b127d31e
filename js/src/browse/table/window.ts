import { batch, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { View } from "../view";

export const ROW_HEIGHT = 34;
/** So many rows are all drawn; more are drawn as they are scrolled to. */
const DRAWN_WHOLE = 100;
/** Rows that are drawn or not together: most steps of a scroll leave nothing to draw. */
const BLOCK = 8;
/** What the style sheet lets a table be: the first draw is the last where nobody overrides it. */
const HEIGHT = 560;

/** Rows `from` to `to` are drawn, between gaps of so many pixels. */
export interface Window {
  from: number;
  to: number;
  above: number;
  below: number;
}

/** The rows in sight, with a block or two around them. `details` are the heights of opened rows'
 * details by the place of their row, from the top down. */
export function windowOf(
  count: number,
  details: ReadonlyMap<number, number>,
  top: number,
  height: number,
): Window {
  const heightOf = (from: number, to: number) =>
    [...details].reduce(
      (sum, [at, more]) => (at >= from && at < to ? sum + more : sum),
      (to - from) * ROW_HEIGHT,
    );
  const rowAt = (y: number) => {
    for (const [at, more] of details) y -= Math.max(0, Math.min(more, y - (at + 1) * ROW_HEIGHT));
    return y / ROW_HEIGHT;
  };
  // Rows may have become fewer than were scrolled past.
  const start = Math.max(0, Math.min(top, heightOf(0, count) - height));
  const from = Math.max(0, Math.floor(rowAt(start) / BLOCK - 1) * BLOCK);
  const to = Math.min(count, Math.ceil(rowAt(start + height) / BLOCK + 1) * BLOCK);
  return { from, to, above: heightOf(0, from), below: heightOf(to, count) };
}

/** The window of a table that is scrolled, and what to tell it. */
export function useWindow(scroller: RefObject<HTMLElement | null>, view: View) {
  const top = useSignal(0);
  const height = useSignal(HEIGHT);
  const heights = useSignal<ReadonlyMap<number, number>>(new Map());
  // As text, so that an equal window is not drawn again.
  const text = useComputed(() => {
    const rows = view.shown.value;
    const whole: Window = { from: 0, to: rows.length, above: 0, below: 0 };
    if (rows.length <= DRAWN_WHOLE) return JSON.stringify(whole);
    const details = new Map<number, number>();
    const opened = view.opened.value;
    if (opened.size > 0)
      rows.forEach(({ id }, at) => opened.has(id) && details.set(at, heights.value.get(id) ?? 0));
    return JSON.stringify(windowOf(rows.length, details, top.value, height.value));
  });
  const look = () => {
    const box = scroller.current;
    if (!box) return;
    batch(() => {
      top.value = box.scrollTop;
      height.value = box.clientHeight;
    });
  };
  useLayoutEffect(() => {
    if (!scroller.current) return;
    const watcher = new ResizeObserver(look);
    watcher.observe(scroller.current);
    return () => watcher.disconnect();
  }, []);
  return {
    window: JSON.parse(text.value) as Window,
    look,
    measured(id: number, pixels: number) {
      if (heights.peek().get(id) !== pixels)
        heights.value = new Map(heights.peek()).set(id, pixels);
    },
  };
}
