/** Date ranges PostHog offers, as it writes them. */
export const RANGES = [
  ["dStart", "Today"],
  ["-7d", "Last 7 days"],
  ["-14d", "Last 14 days"],
  ["-30d", "Last 30 days"],
  ["-90d", "Last 90 days"],
  ["-180d", "Last 180 days"],
  ["mStart", "This month"],
  ["yStart", "This year"],
  ["all", "All time"],
] as const;

export function rangeLabel(from: string | null, to: string | null): string {
  const known = RANGES.find(([value]) => value === from);
  if (from === null && to === null) return "Each insight's own";
  return known && to === null ? known[1] : `${from ?? "…"} to ${to ?? "now"}`;
}
