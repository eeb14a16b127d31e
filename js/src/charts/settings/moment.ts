import { clockIn } from "../numbers/zone";

/** "2026-06-12 14:00:00" as if its clock were UTC's, so that days can be counted; NaN if no date. */
export function momentOf(day: string): number {
  const [, date, time = "00:00"] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?/.exec(day) ?? [];
  return Date.parse(`${date}T${time}Z`);
}

/** What a clock in a time zone shows at an instant, as such a moment. */
export function clockOf(instant: number, timezone: string): number {
  try {
    return momentOf(clockIn(timezone || "UTC").format(instant));
  } catch {
    return instant; // a zone this browser does not know
  }
}

const MINUTES: Record<string, number> = { second: 1 / 60, minute: 1, hour: 60, week: 10_080 };
const MONTHS: Record<string, number> = { month: 1, quarter: 3, year: 12 };

/** A number of intervals later; days, where nothing else is said. */
export function later(moment: number, interval: string, count = 1): number {
  const months = MONTHS[interval];
  if (!months) return moment + count * (MINUTES[interval] ?? 1440) * 60_000;
  const date = new Date(moment);
  return date.setUTCMonth(date.getUTCMonth() + count * months);
}
