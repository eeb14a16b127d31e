import { useSignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** The interval under the cursor: moved by the mouse, or by arrow keys where the focus is. */
export function useCursor(
  chart: RefObject<HTMLElement | null>,
  length: number,
): Signal<number | null> {
  const at = useSignal<number | null>(null);
  useEffect(() => {
    // The tile around has the focus: charts add no tab stops of their own.
    const focused = chart.current?.closest<HTMLElement>("[tabindex]");
    if (!focused) return;
    const leaving = new AbortController();
    const move = (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || length === 0) return;
      event.preventDefault();
      const from = at.value ?? (step > 0 ? -1 : length);
      at.value = Math.min(length - 1, Math.max(0, from + step));
    };
    focused.addEventListener("keydown", move, { signal: leaving.signal });
    focused.addEventListener("blur", () => (at.value = null), { signal: leaving.signal });
    return () => leaving.abort();
  }, [length]);
  return at;
}
