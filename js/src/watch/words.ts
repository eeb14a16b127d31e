import { plural, seconds, size } from "../charts/format";
import type { StreamStatus } from "./state";

/** The phase as a chip says it. */
export function phaseWords({ phase, arrived, expected }: StreamStatus): string {
  switch (phase) {
    case "streaming":
      return expected === null
        ? `streaming, ${arrived} so far`
        : `streaming, ${arrived} of ${expected}`;
    case "complete":
      return `complete, ${plural(arrived, "tile")}`;
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

/** What is true of the board now. */
export function resultWords({ failed }: StreamStatus, frames: number): string {
  const parts = [
    failed > 0 && `${plural(failed, "tile")} failed`,
    `live.results has ${plural(frames, "frame")}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
