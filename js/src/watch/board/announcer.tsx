import { effect, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { plural } from "../../charts/numbers/format";
import { titleOf } from "../tile/content";
import type { Live } from "../live";
import { phaseWords } from "./words";

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
      const names = fresh.map(titleOf).join(", ");
      const news = fresh.length > 0 ? `${plural(fresh.length, "tile")} arrived: ${names}. ` : "";
      said.value = `${news}${phaseWords(live.status.peek())}`;
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
