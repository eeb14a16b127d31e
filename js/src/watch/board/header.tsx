import { openByArrow } from "../../shared/arrows";
import { NoKernel } from "../../shared/connection";
import { Notice } from "../../shared/notice";
import { useSince } from "./clock";
import { isOver, type Live } from "../live";
import type { StreamStatus } from "../state";
import {
  DATES,
  DATE_RANGES,
  HOLD,
  ORDER,
  ORDERS,
  REFRESH,
  REFRESH_MODES,
  UNANSWERED,
  UNTITLED_BOARD,
  nextText,
  phaseText,
  progressText,
  recordedText,
} from "../texts";
import type { View } from "../view";

const BEAT = 100;

export function Header({ view }: { view: View }) {
  const { live, connection } = view;
  const { board, status, unanswered } = live;
  const { phase, message, failed } = status.value;
  // A finished board needs no kernel, until it is asked for something.
  const isMissed = !isDone(status.value) || unanswered.value;
  return (
    <header>
      <div class="dw-bar">
        <h2 title={board.value.description || undefined}>{board.value.name || UNTITLED_BOARD}</h2>
        <span class="dw-chip dw-phase" data-dw-phase={phase} data-dw-flawed={failed > 0 || undefined}>
          {phaseText(status.value, board.value.sortable)}
        </span>
        <Progress live={live} />
        <span class="dw-push dw-controls">
          {board.value.sortable && <Order view={view} />}
          {!board.value.recorded && <Dates live={live} />}
          <Hold live={live} />
          {!board.value.recorded && <Refresh live={live} />}
        </span>
      </div>
      {message && <Notice tone={phase === "failed" ? "bad" : "warn"}>{message}</Notice>}
      {isMissed && <NoKernel connection={connection} />}
      {unanswered.value && connection.value === "live" && <Notice>{UNANSWERED}</Notice>}
    </header>
  );
}

/** Nothing more comes by itself. */
const isDone = (status: StreamStatus) => isOver(status) && status.next_in === null;

/** Pause and Stop, as long as there is something to pause or stop. */
function Hold({ live: { status, pause, resume, stop } }: { live: Live }) {
  const { phase } = status.value;
  if (isDone(status.value)) return null;
  return (
    <>
      {phase === "paused" ? (
        <button type="button" class="dw-button" onClick={resume}>
          {HOLD.resume}
        </button>
      ) : (
        <button type="button" class="dw-button" onClick={pause}>
          {HOLD.pause}
        </button>
      )}
      <button type="button" class="dw-button" onClick={stop}>
        {HOLD.stop}
      </button>
    </>
  );
}

function Order({ view: { byName } }: { view: View }) {
  return (
    <select
      class="dw-button"
      aria-label={ORDER}
      value={byName.value ? "name" : ""}
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => (byName.value = currentTarget.value !== "")}
    >
      {ORDERS.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** Chooses what to compute, and streams again. */
function Refresh({ live }: { live: Live }) {
  return (
    <select
      class="dw-button"
      aria-label={REFRESH}
      value=""
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => {
        live.again({ refresh: currentTarget.value });
        currentTarget.value = "";
      }}
    >
      <option value="" disabled hidden>
        {REFRESH}
      </option>
      {REFRESH_MODES.map(([refresh, label]) => (
        <option key={refresh} value={refresh}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Overrides the dates of every tile, in this view's stream only. */
function Dates({ live }: { live: Live }) {
  const from = live.status.value.date_from ?? "";
  const isListed = DATE_RANGES.some(([range]) => range === from);
  return (
    <select
      class="dw-button"
      aria-label={DATES.label}
      title={DATES.title}
      value={from}
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => live.again({ date_from: currentTarget.value || null })}
    >
      {!isListed && <option value={from}>{DATES.since(from)}</option>}
      {DATE_RANGES.map(([range, label]) => (
        <option key={range} value={range}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Has a clock of its own, so that a beat redraws nothing else. */
function Progress({ live }: { live: Live }) {
  const since = useSince(live, BEAT);
  const status = live.status.value;
  const isHeard = live.heardAt.value !== null;
  const elapsed = status.elapsed + (isOver(status) ? 0 : since);
  const { recorded, sortable } = live.board.value;
  const next = isHeard && nextText(status, since);
  return (
    <span class="dw-course">
      {!sortable &&
        [recorded && recordedText(recorded), progressText(status, elapsed), next]
          .filter(Boolean)
          .join(" · ")}
    </span>
  );
}
