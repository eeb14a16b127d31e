import { number, text, type Json } from "../../json";
import type { Trend } from "../../series/series";
import { clockOf, later, momentOf } from "../moment";

/** The first interval that was not over when the result was computed; their number if all were. */
export function openFrom(days: readonly string[], interval: string, insight: Json, now: number): number {
  return endingAfter(days, interval, clockAt(insight, now));
}

/** The first interval whose people had time left to convert. */
export function unconvertedFrom(days: readonly string[], filter: Json, insight: Json, now: number): number {
  const unit = text(filter["funnelWindowIntervalUnit"]);
  const window = number(filter["funnelWindowInterval"]) ?? 14;
  return endingAfter(days, "day", later(clockAt(insight, now), unit, -window));
}

/** Days are in order: from the end, so that a long past costs nothing. */
function endingAfter(days: readonly string[], interval: string, moment: number): number {
  let from = days.length;
  while (from > 0 && later(momentOf(days[from - 1] ?? ""), interval) > moment) from -= 1;
  return from;
}

/** The clock of the project when the result was computed, else now. */
function clockAt(insight: Json, now: number): number {
  return clockOf(computedAt(insight, now), text(insight["timezone"]));
}

/** When the result was computed; now, where the server does not say. */
export function computedAt(insight: Json, now: number): number {
  const computed = Date.parse(text(insight["last_refresh"]));
  return Number.isNaN(computed) ? now : computed;
}

/** The end of each current series marked as not final; a period before is over. */
export function openedFrom(trend: Trend, from: number): Trend {
  if (from >= trend.days.length) return trend;
  return {
    ...trend,
    series: trend.series.map((one) => (one.previous ? one : { ...one, open: from })),
  };
}

/** Only the intervals that `keeps` says. */
export function picked(trend: Trend, keeps: (day: string, index: number) => boolean): Trend {
  const kept = trend.days.map(keeps);
  const only = <T>(all: readonly T[]) => all.filter((_, index) => kept[index]);
  return {
    ...trend,
    days: only(trend.days),
    series: trend.series.map((one) => ({ ...one, data: only(one.data) })),
  };
}

export function isWeekday(day: string): boolean {
  const weekday = new Date(momentOf(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
