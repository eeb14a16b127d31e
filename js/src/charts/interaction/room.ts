import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const LETTER = 6.4;
const BETWEEN = 18;
const MARK = 34;
const AXIS = 40;

/** How many labels of `letters` fit across, and how many marks upwards. */
export function roomFor(letters: number) {
  return (width: number, height: number) => ({
    columns: Math.max(1, Math.floor((width - AXIS) / (letters * LETTER + BETWEEN))),
    rows: Math.min(5, Math.max(1, Math.floor(height / MARK))),
  });
}

/** What fits an element as it is now; draws again only when something else does. */
export function useFit<T extends Record<string, number>>(
  chart: RefObject<HTMLElement | null>,
  fit: (width: number, height: number) => T,
  key: number = 0,
): T {
  const room = useSignal(fit(420, 160));
  useLayoutEffect(() => {
    const element = chart.current;
    if (!element) return;
    const sized = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === 0) return;
      const next = fit(entry.contentRect.width, entry.contentRect.height);
      if (Object.keys(next).some((name) => next[name] !== room.peek()[name])) room.value = next;
    });
    sized.observe(element);
    return () => sized.disconnect();
  }, [key]);
  return room.value;
}
