import { array, number, object, objects, text, type Json } from "./json";

export interface Series {
  name: string;
  /** Rank of its colour; a previous period shares that of the current one. */
  color: number;
  previous: boolean;
  data: (number | null)[];
}

/** Series over one axis (contract 13.1, 13.6, 13.7). */
export interface Trend {
  days: string[];
  series: Series[];
}

const BUCKETS: [token: string, words: string][] = [
  ["$$_posthog_breakdown_other_$$", "Other"],
  ["$$_posthog_breakdown_null_$$", "None"],
];

export function trendOf(result: unknown): Trend {
  const given = objects(result);
  const compared = given.some(isPrevious);
  const days = compared ? daysOf(given.find((one) => !isPrevious(one))) : union(given.map(daysOf));
  const colors = new Map<string, number>();
  const series = given.map((one): Series => {
    const name = seriesName(one);
    const color = colors.get(name) ?? colors.size;
    colors.set(name, color);
    return {
      name: isPrevious(one) ? `${name} (previous)` : name,
      color,
      previous: isPrevious(one),
      data: aligned(one, days, compared),
    };
  });
  return { days, series };
}

/** What a person calls a series: its breakdown value, else the name it was given. */
export function seriesName(series: Json): string {
  const action = object(series["action"]);
  const label = text(series["label"]) || text(action["name"]);
  if (series["breakdown_value"] !== undefined) {
    return BUCKETS.reduce((name, [token, words]) => name.replace(token, words), label) || "None";
  }
  return text(series["status"]) || text(action["custom_name"]) || label || "Unnamed";
}

export function isPrevious(series: Json): boolean {
  return series["compare_label"] === "previous";
}

/** A value between two gaps draws no line: it gets a point. */
export function lonely(data: (number | null)[]): number[] {
  return data.flatMap((value, index) =>
    value !== null && data[index - 1] == null && data[index + 1] == null ? [index] : [],
  );
}

/** The other period has other days: it lies over this one interval by interval. */
function aligned(series: Json, days: string[], compared: boolean): (number | null)[] {
  const data = array(series["data"]).map(number);
  if (compared) return days.map((_, index) => data[index] ?? null);
  const byDay = new Map(daysOf(series).map((day, index) => [day, data[index] ?? null]));
  return days.map((day) => byDay.get(day) ?? null);
}

/** Stickiness counts days instead of naming them, and labels say so. */
function daysOf(series: Json | undefined): string[] {
  const days = array(series?.["days"]);
  return typeof days[0] === "number" ? array(series?.["labels"]).map(text) : days.map(text);
}

/** Most boards send the same days in every series; then their order stays. */
function union(lists: string[][]): string[] {
  const longest = lists.reduce((one, other) => (other.length > one.length ? other : one), []);
  const all = new Set(longest.concat(...lists));
  return all.size === longest.length ? longest : [...all].sort();
}
