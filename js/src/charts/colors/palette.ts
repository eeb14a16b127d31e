const PRESETS = 15;

/** A place in the palette, or a color of its own, which was checked (`colorOf`). */
export type Paint = number | string;

/** PostHog's colors in its order; after the last they come round again.
 *
 * A theme may have more or fewer of them, and then says so (`themed`). */
export function seriesColor(paint: Paint): string {
  if (typeof paint === "string") return lifted(paint);
  const rank = paint;
  const preset = `--dw-series-${(rank % PRESETS) + 1}`;
  return rank < PRESETS ? `var(${preset})` : `var(--dw-series-${rank + 1}, var(${preset}))`;
}

/** Colors are chosen for light grounds: on a dark one they need more light. */
export function lifted(color: string): string {
  return `color-mix(in oklab, ${color}, white var(--dw-lift))`;
}

/** "preset-3" -> 2; what is no preset has no rank. */
export function rankOf(token: string): number | null {
  const [, place] = /^preset-(\d+)$/.exec(token) ?? [];
  return place && Number(place) > 0 ? Number(place) - 1 : null;
}

/** PostHog paints a lifecycle's states, not its series. */
export const LIFECYCLE: ReadonlyMap<string, number> = new Map([
  ["new", 0],
  ["returning", 6],
  ["resurrecting", 13],
  ["dormant", 4],
]);
