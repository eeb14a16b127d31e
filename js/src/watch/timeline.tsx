import { useLayoutEffect, useRef } from "preact/hooks";
import { seconds } from "../charts/format";
import { titleOf } from "./content";
import { isOver, type Live } from "./live";
import type { StreamStatus } from "./state";
import type { Entry } from "./tiles";
import { failureOf } from "./trouble";
import type { View } from "./view";

/** Who came when: a bar from the arrival before to its own. */
export function Timeline({ view: { live, placed } }: { view: View }) {
  const rows = inOrder(placed.value.map(({ entry }) => entry));
  const came = rows.filter(arrived);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const { current } = list;
    if (!current || isOver(live.status.peek())) return;
    const newest = current.children[came.length - 1] as HTMLElement | undefined;
    // scrollIntoView would move the notebook too.
    current.scrollTop = (newest?.offsetTop ?? 0) - current.clientHeight / 2;
  }, [came.length]);
  if (rows.length === 0) return null;
  const whole = Math.max(live.status.value.elapsed, arrival(came.at(-1)), 0.001);
  return (
    <details class="dw-timeline" open>
      <summary>Arrivals</summary>
      <ol ref={list}>
        {rows.map((entry, index) => (
          <Row
            key={entry.id}
            entry={entry}
            from={arrival(rows[index - 1]) / whole}
            whole={whole}
            live={live}
          />
        ))}
      </ol>
    </details>
  );
}

interface RowProps {
  entry: Entry;
  from: number;
  whole: number;
  live: Live;
}

function Row({ entry, from, whole, live }: RowProps) {
  const state = entry.state.value;
  const failure = state && failureOf(state);
  const start = state ? from : 0;
  return (
    <li data-dw-failed={failure ? true : undefined}>
      <span class="dw-timeline-name" title={titleOf(entry)}>
        {titleOf(entry)}
      </span>
      <span class="dw-timeline-track">
        {state && (
          <i
            aria-hidden="true"
            style={{
              marginInlineStart: share(start),
              inlineSize: share(state.elapsed / whole - start),
            }}
          />
        )}
        <span title={failure?.sentence}>
          {state ? label(state.elapsed, failure?.sentence) : waiting(live.status.value)}
        </span>
      </span>
    </li>
  );
}

// The bars take three quarters of the track: the rest is for the last one's words.
function share(part: number): string {
  return `${Math.max(0, part) * 75}%`;
}

function label(elapsed: number, failure: string | undefined): string {
  return failure ? `failed: ${failure}` : seconds(elapsed);
}

function waiting(status: StreamStatus): string {
  return isOver(status) ? "did not arrive" : "waiting…";
}

/** Those that arrived, as they came; then the others, as they are on the board. */
function inOrder(entries: Entry[]): Entry[] {
  const came = entries.filter(arrived).sort((one, other) => arrival(one) - arrival(other));
  return [...came, ...entries.filter((entry) => !arrived(entry))];
}

function arrived({ state }: Entry): boolean {
  return state.value !== null;
}

function arrival(entry: Entry | undefined): number {
  return entry?.state.value?.elapsed ?? 0;
}
