/** Every word of the watcher's view in one place, so that it can be read in one go. */

import { plural, seconds, size } from "../charts/numbers/format";
import type { StreamStatus } from "./state";

export const UNTITLED_BOARD = "Dashboard";
export const EMPTY = { waiting: "No tiles have arrived yet.", over: "No tiles." };
export const NOT_SET_UP = "The dashboard was not set up: run the cell again.";
export const UNANSWERED =
  "The kernel is busy or has ended; this is its last state.";

// Header

export const HOLD = { pause: "Pause", resume: "Resume", stop: "Stop" };
export const REFRESH = "Refresh";
export const REFRESH_MODES: [refresh: string, label: string][] = [
  ["blocking", "Stale tiles"],
  ["force_blocking", "All tiles"],
  ["force_cache", "From the cache only"],
];

/** How the tiles of a comparison are sorted. */
export const ORDER = "Order";
export const ORDERS: [value: string, label: string][] = [
  ["", "By movement"],
  ["name", "By name"],
];

export function recordedText(when: string): string {
  return `recorded ${when}`;
}

export const DATES = {
  label: "Dates",
  title: "In this view only: nothing is saved.",
  since: (date: string) => `Since ${date}`,
};
export const DATE_RANGES: [from: string, label: string][] = [
  ["", "Dashboard dates"],
  ["-7d", "Last 7 days"],
  ["-14d", "Last 14 days"],
  ["-30d", "Last 30 days"],
  ["-90d", "Last 90 days"],
  ["-180d", "Last 180 days"],
  ["yStart", "This year"],
];

/** The phase, as the chip shows it. */
/** `isCompared`: a comparison counts its tiles itself, and draws some of them twice. */
export function phaseText(status: StreamStatus, isCompared = false): string {
  const { phase, arrived, expected, failed } = status;
  const progress = expected === null ? `${arrived} so far` : `${arrived} of ${expected}`;
  switch (phase) {
    case "streaming":
    case "refreshing":
    case "paused":
    case "stopped":
      return `${phase}, ${progress}`;
    case "retrying":
      return `interrupted, retrying, ${progress}`;
    case "complete":
      return [phase, !isCompared && plural(arrived, "tile"), failed > 0 && `${failed} failed`]
        .filter(Boolean)
        .join(", ");
    default:
      return phase;
  }
}

const SOURCES = {
  stream_tiles: "via stream_tiles",
  insights: "insight by insight",
  detail: "from the cache, in one request",
};

/** How long it took, how much arrived, and from which endpoint. */
export function progressText({ bytes, source }: StreamStatus, elapsed: number): string {
  const parts = [seconds(elapsed), bytes > 0 && size(bytes), source && SOURCES[source]];
  return parts.filter(Boolean).join(" · ");
}

/** When the dashboard is refreshed next, `since` seconds after the status arrived. */
export function nextText({ next_in }: StreamStatus, since: number): string {
  if (next_in === null) return "";
  const left = Math.max(0, Math.round(next_in - since));
  const [minutes, rest] = [Math.floor(left / 60), left % 60];
  return `next refresh in ${minutes > 0 ? `${minutes} min ` : ""}${rest} s`;
}

// Timeline

export const ARRIVALS = "Arrivals";
export const RENDERING = "rendering…";

export function arrivalText(elapsed: number, failure: string | undefined, cached: boolean | null) {
  if (failure) return `failed: ${failure}`;
  return cached ? `${seconds(elapsed)}, cached` : seconds(elapsed);
}

export function waitingText(status: StreamStatus, isOver: boolean, isEarlier: boolean): string {
  const kept = isEarlier ? ", shows the previous round" : "";
  if (isOver) return `did not arrive${kept}`;
  return `${status.phase === "paused" ? "paused" : "waiting…"}${kept}`;
}

// Tiles

export const TILE = {
  untitled: "Untitled",
  text: "Text",
  missing: "Did not arrive.",
  close: "Close",
  open: "Open in PostHog",
  wanted: ["References", "Arrange"],
  retry: "Retry this tile",
  retrying: "Retrying…",
  widget: (type: string) => `The widget ${type}`,
  unknown: "A tile of an unknown kind",
};

/** Why a tile shows no result, and what to do about it. */
export const TROUBLE = {
  failed: "The query failed.",
  correct: "Correct the query in PostHog, then retry.",
  passing: "The problem may be temporary.",
  large: ["Result too large to save.", "Run the cell again."],
  denied: ["You do not have access to this insight.", "Ask its owner for access."],
  computing: ["Still being computed.", "Retry in a moment."],
  notComputed: ["Not computed yet.", 'Retry to compute it, or use refresh="blocking".'],
} satisfies Record<string, string | [happened: string, advice: string]>;

export const COPY = {
  nothing: "Nothing to copy.",
  notDrawn: "Not copied: use live.results for this kind.",
  refused: "The browser denied the clipboard. Use live.results.",
  done: (rows: number, title: string) => `Copied ${plural(rows, "row")} of ${title}.`,
};

export function arrivedText(titles: string[]): string {
  return titles.length > 0 ? `${plural(titles.length, "tile")} arrived: ${titles.join(", ")}. ` : "";
}

// Footer

export function resultText({ failed }: StreamStatus, frames: number): string {
  const parts = [
    failed > 0 && `${plural(failed, "tile")} failed`,
    `live.results has ${plural(frames, "frame")}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

export const KEYS: [key: string, does: string][] = [
  ["tab", "next tile"],
  ["enter", "expand"],
  ["c", "copy as CSV"],
];
export const RETRY_KEY: [key: string, does: string] = ["r", "retry"];
