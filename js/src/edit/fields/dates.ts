import { DATES, DATE_RANGES } from "../texts";

export function rangeLabel(from: string | null, to: string | null): string {
  const known = DATE_RANGES.find(([value]) => value === from);
  if (from === null && to === null) return DATES.insights;
  return known && to === null ? known[1] : DATES.range(from, to);
}
