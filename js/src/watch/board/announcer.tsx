import { effect, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { titleOf } from "../tile/content";
import type { Live } from "../live";
import { arrivedText, phaseText } from "../texts";

const PAUSE = 1500;

/** Tells who cannot see it what has arrived: gathered, so that a fast board is not a litany. */
export function Announcer({ live }: { live: Live }) {
  const said = useSignal("");
  useEffect(() => {
    const told = new Set<number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const arrived = live.tiles.entries.peek().filter(({ state }) => state.peek());
      const fresh = arrived.filter(({ id }) => !told.has(id));
      fresh.forEach(({ id }) => told.add(id));
      said.value = `${arrivedText(fresh.map(titleOf))}${phaseText(live.status.peek())}`;
    };
    const stop = effect(() => {
      live.tiles.entries.value.forEach(({ state }) => state.value);
      void live.status.value.phase;
      timer ??= setTimeout(tell, PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [live]);
  return (
    <div class="dw-hidden" aria-live="polite">
      {said.value}
    </div>
  );
}
