import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isOver, type Live } from "../live";

/** Seconds since the newest status, while they matter: redraws who asks, and nothing else. */
export function useSince({ status, heardAt }: Live, beat: number): number {
  const now = useSignal(0);
  const { phase, next_in } = status.value;
  const runs =
    heardAt.value !== null && phase !== "paused" && (!isOver({ phase }) || next_in !== null);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => (now.value = performance.now()), beat);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? Math.max(0, now.value - (heardAt.value ?? 0)) / 1000 : 0;
}
