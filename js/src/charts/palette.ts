const PRESETS = 15;

/** PostHog's colours in its order; after the last they come round again. */
export function seriesColor(rank: number): string {
  return `var(--dw-series-${(rank % PRESETS) + 1})`;
}

/** "preset-3" -> 2; what is no preset has no rank. */
export function rankOf(token: string): number | null {
  const [, place] = /^preset-(\d+)$/.exec(token) ?? [];
  return place && Number(place) > 0 ? Number(place) - 1 : null;
}

/** PostHog paints a lifecycle's states, not its series. */
export const LIFECYCLE: Record<string, number> = {
  new: 0,
  returning: 6,
  resurrecting: 13,
  dormant: 4,
};
