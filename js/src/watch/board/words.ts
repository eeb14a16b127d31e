import { plural, seconds, size } from "../../charts/numbers/format";
import type { StreamStatus } from "../state";

/** The phase as a chip says it. */
export function phaseWords({ phase, arrived, expected, failed }: StreamStatus): string {
  const far = expected === null ? `${arrived} so far` : `${arrived} of ${expected}`;
  switch (phase) {
    case "streaming":
    case "refreshing":
    case "paused":
    case "stopped":
      return `${phase}, ${far}`;
    case "retrying":
      return `interrupted, retrying, ${far}`;
    case "complete":
      return `complete, ${plural(arrived, "tile")}${failed > 0 ? `, ${failed} failed` : ""}`;
    default:
      return phase;
  }
}

/** How long, how much, and by which way. */
export function courseWords({ bytes, source }: StreamStatus, elapsed: number): string {
  const way = {
    stream_tiles: "through stream_tiles",
    insights: "through the client's own stream (key)",
    detail: "from the cache, in one request (key)",
  };
  const parts = [seconds(elapsed), bytes > 0 && size(bytes), source && way[source]];
  return parts.filter(Boolean).join(" · ");
}

/** When the board is streamed again, `since` seconds after the status came. */
export function nextWords({ next_in }: StreamStatus, since: number): string {
  if (next_in === null) return "";
  const left = Math.max(0, Math.round(next_in - since));
  const [minutes, rest] = [Math.floor(left / 60), left % 60];
  return `next in ${minutes > 0 ? `${minutes} min ` : ""}${rest} s`;
}

/** What is true of the board now. */
export function resultWords({ failed }: StreamStatus, frames: number): string {
  const parts = [
    failed > 0 && `${plural(failed, "tile")} failed`,
    `live.results has ${plural(frames, "frame")}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
