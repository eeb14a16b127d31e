import { openByArrow } from "../../shared/arrows";
import { Gone } from "../../shared/connection";
import { useSince } from "./clock";
import { isOver, type Live } from "../live";
import type { StreamStatus } from "../state";
import type { View } from "../view";
import { courseWords, nextWords, phaseWords } from "./words";

const BEAT = 100;

export function Header({ view }: { view: View }) {
  const { live, gone } = view;
  const { board, status, unanswered } = live;
  const { phase, message, failed } = status.value;
  const isUrgent = phase === "failed";
  // A finished board needs no kernel, until it is asked for something.
  const isMissed = !isDone(status.value) || unanswered.value;
  return (
    <header>
      <div class="dw-bar">
        <h2 title={board.value.description || undefined}>{board.value.name || "Dashboard"}</h2>
        <span class="dw-chip dw-phase" data-dw-phase={phase} data-dw-flawed={failed > 0 || undefined}>
          {phaseWords(status.value)}
        </span>
        <Course live={live} />
        <span class="dw-push dw-controls">
          {board.value.sortable && <Order view={view} />}
          {!board.value.recorded && <Dates live={live} />}
          <Hold live={live} />
          {!board.value.recorded && <Refresh live={live} />}
        </span>
      </div>
      {message && (
        <p class="dw-banner" data-dw-phase={phase} role={isUrgent ? "alert" : "status"}>
          {message}
        </p>
      )}
      {isMissed && <Gone isGone={gone} />}
      {unanswered.value && !gone.value && (
        <p class="dw-banner" role="status">
          The kernel has not answered: it is busy or gone. This is the last it sent; if it is gone,
          run the cell again.
        </p>
      )}
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
          Resume
        </button>
      ) : (
        <button type="button" class="dw-button" onClick={pause}>
          Pause
        </button>
      )}
      <button type="button" class="dw-button" onClick={stop}>
        Stop
      </button>
    </>
  );
}

function Order({ view: { byName } }: { view: View }) {
  return (
    <select
      class="dw-button"
      aria-label="Order"
      value={byName.value ? "name" : ""}
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => (byName.value = currentTarget.value !== "")}
    >
      <option value="">By movement</option>
      <option value="name">By name</option>
    </select>
  );
}

const WAYS: [refresh: string, words: string][] = [
  ["blocking", "What is stale"],
  ["force_blocking", "Everything"],
  ["force_cache", "From the cache only"],
];

/** Chooses what to compute, and streams again. */
function Refresh({ live }: { live: Live }) {
  return (
    <select
      class="dw-button"
      aria-label="Refresh"
      value=""
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => {
        live.again({ refresh: currentTarget.value });
        currentTarget.value = "";
      }}
    >
      <option value="" disabled hidden>
        Refresh
      </option>
      {WAYS.map(([refresh, words]) => (
        <option key={refresh} value={refresh}>
          {words}
        </option>
      ))}
    </select>
  );
}

const RANGES: [from: string, words: string][] = [
  ["", "Own dates"],
  ["-7d", "Last 7 days"],
  ["-14d", "Last 14 days"],
  ["-30d", "Last 30 days"],
  ["-90d", "Last 90 days"],
  ["-180d", "Last 180 days"],
  ["yStart", "This year"],
];

/** Overrides the dates of every tile, in this view's stream only. */
function Dates({ live }: { live: Live }) {
  const from = live.status.value.date_from ?? "";
  const isListed = RANGES.some(([range]) => range === from);
  return (
    <select
      class="dw-button"
      aria-label="Dates"
      title="Overrides the dashboard's dates here; nothing is saved."
      value={from}
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => live.again({ date_from: currentTarget.value || null })}
    >
      {!isListed && <option value={from}>{`From ${from}`}</option>}
      {RANGES.map(([range, words]) => (
        <option key={range} value={range}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** Has a clock of its own, so that a beat redraws nothing else. */
function Course({ live }: { live: Live }) {
  const since = useSince(live, BEAT);
  const status = live.status.value;
  const isHeard = live.heardAt.value !== null;
  const elapsed = status.elapsed + (isOver(status) ? 0 : since);
  const { recorded, sortable } = live.board.value;
  const next = isHeard && nextWords(status, since);
  return (
    <span class="dw-course">
      {!sortable &&
        [recorded && `recorded ${recorded}`, courseWords(status, elapsed), next]
          .filter(Boolean)
          .join(" · ")}
    </span>
  );
}
