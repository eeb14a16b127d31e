import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSince } from "./clock";
import { titleOf } from "../tile/content";
import { isOver } from "../live";
import type { StreamStatus } from "../state";
import type { Entry } from "../tile/tiles";
import { failureOf } from "../tile/trouble";
import { ARRIVALS, RENDERING, arrivalText, waitingText } from "../texts";
import type { View } from "../view";

const BEAT = 200;

/** When each tile arrived: a faint line while it waited, a bar while it was rendered.
 *
 * Folds itself once the dashboard is complete; whoever opens or folds it decides for good. */
export function Timeline({ view: { live, placed } }: { view: View }) {
  const status = live.status.value;
  const since = useSince(live, BEAT);
  const rows = inOrder(placed.value.map(({ entry }) => entry), status.round);
  const came = rows.filter((entry) => hasCome(entry, status.round));
  const list = useRef<HTMLOListElement>(null);
  const chosen = useSignal<boolean | null>(null);
  const wasComplete = useRef(false);
  // Once complete it stays folded: a later round would push the board down and up again.
  wasComplete.current ||= status.phase === "complete";
  const isOpen = chosen.value ?? !wasComplete.current;
  useLayoutEffect(() => {
    const { current } = list;
    if (!current) return;
    if (isOver(live.status.peek())) {
      current.scrollTop = 0;
      return;
    }
    const newest = current.children[came.length - 1] as HTMLElement | undefined;
    // scrollIntoView would move the notebook too.
    current.scrollTop = (newest?.offsetTop ?? 0) - current.clientHeight / 2;
  }, [came.length, isOver(status), isOpen]);
  if (rows.length === 0) return null;
  const last = arrival(came.at(-1));
  const now = Math.max(status.elapsed + (isOver(status) ? 0 : since), last, 0.001);
  // What is folded is not drawn: a board that is complete at once is there sooner.
  return (
    <details class="dw-timeline" open={isOpen}>
      <summary
        onClick={(event) => {
          event.preventDefault(); // the signal opens it, so that a choice is told from a fold
          chosen.value = !isOpen;
        }}
      >
        {ARRIVALS}
      </summary>
      {isOpen && (
        <ol ref={list}>
          {rows.map((entry, index) => (
            <Row
              key={entry.id}
              entry={entry}
              status={status}
              // The server renders one tile after the other; insights are asked for several at once.
              isNext={index === came.length && status.source === "stream_tiles"}
              last={last}
              now={now}
            />
          ))}
        </ol>
      )}
    </details>
  );
}

interface RowProps {
  entry: Entry;
  status: StreamStatus;
  isNext: boolean;
  last: number;
  now: number;
}

function Row({ entry, status, isNext, last, now }: RowProps) {
  const state = hasCome(entry, status.round) ? entry.state.value : null;
  const failure = state && failureOf(state);
  const isRendering = !state && isNext && isRunning(status);
  const [from, to] = state ? [state.elapsed - state.took, state.elapsed] : [last, now];
  const kind = failure ? "failed" : state?.cached ? "cached" : state ? "rendered" : "rendering";
  return (
    <li data-dw-arrival={state || isRendering ? kind : "waiting"}>
      <span class="dw-timeline-name" title={titleOf(entry)}>
        {titleOf(entry)}
      </span>
      <span class="dw-timeline-track">
        {(state || isRendering) && (
          <>
            <i class="dw-waited" aria-hidden="true" style={{ inlineSize: share(from / now) }} />
            <i aria-hidden="true" style={{ inlineSize: share((to - from) / now) }} />
          </>
        )}
        <span title={failure?.sentence}>
          {state
            ? arrivalText(state.elapsed, failure?.sentence, state.cached)
            : isRendering
              ? RENDERING
              : waitingText(status, isOver(status), entry.state.value !== null)}
        </span>
      </span>
    </li>
  );
}

// The bars take three quarters of the track: the rest is for the last one's words.
function share(part: number): string {
  return `${Math.max(0, part) * 75}%`;
}

function isRunning({ phase }: StreamStatus): boolean {
  return phase === "streaming" || phase === "refreshing";
}

/** Those that arrived, as they came; then the others, as they are on the board. */
function inOrder(entries: Entry[], round: number): Entry[] {
  const came = entries.filter((entry) => hasCome(entry, round));
  came.sort((one, other) => arrival(one) - arrival(other));
  return [...came, ...entries.filter((entry) => !hasCome(entry, round))];
}

/** In this round, that is. */
function hasCome({ state }: Entry, round: number): boolean {
  return state.value !== null && state.value.round >= round;
}

function arrival(entry: Entry | undefined): number {
  return entry?.state.value?.elapsed ?? 0;
}
