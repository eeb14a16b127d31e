import { useSignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** The mark under the cursor: moved by the mouse, or by arrow keys where the focus is.
 * With several `columns` the marks are a grid, and up and down move by a row. */
export function useCursor(
  chart: RefObject<Element | null>,
  length: number,
  columns = 1,
): Signal<number | null> {
  const at = useSignal<number | null>(null);
  useEffect(() => {
    at.value = null; // other marks than before
    // The tile around has the focus: charts add no tab stops of their own.
    const focused = chart.current?.closest<HTMLElement>("[tabindex]");
    if (!focused) return;
    const leaving = new AbortController();
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    if (columns > 1) Object.assign(steps, { ArrowUp: -columns, ArrowDown: columns });
    const move = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (!step || length === 0) return;
      event.preventDefault();
      const from = at.value ?? (step > 0 ? -step : length - 1 - step);
      const to = at.value === null && step > 0 ? 0 : from + step;
      if (to >= 0 && to < length) at.value = to;
    };
    focused.addEventListener("keydown", move, { signal: leaving.signal });
    focused.addEventListener("blur", () => (at.value = null), { signal: leaving.signal });
    return () => leaving.abort();
  }, [length, columns]);
  return at;
}
