import { array, number, object, objects, text, type Json } from "./json";
import { LIFECYCLE } from "./palette";
import { PLAIN, type Unit } from "./unit";

export interface Series {
  name: string;
  /** Rank of its colour; a previous period shares that of the current one. */
  color: number;
  previous: boolean;
  data: (number | null)[];
  /** What its values are shares of; stickiness has it. */
  whole?: number;
}

/** A line to reach, across the chart. */
export interface Goal {
  name: string;
  value: number;
}

/** Series over one axis (contract 13.1, 13.6, 13.7). */
export interface Trend {
  days: string[];
  series: Series[];
  unit: Unit;
  log: boolean;
  goals: Goal[];
}

export type Colors = ReadonlyMap<string, number>;

const BUCKETS: [token: string, words: string][] = [
  ["$$_posthog_breakdown_other_$$", "Other"],
  ["$$_posthog_breakdown_null_$$", "None"],
];

export function trendOf(result: unknown, over: Partial<Trend> = {}, chosen?: Colors): Trend {
  const given = objects(result);
  const compared = given.some(isPrevious);
  const own = given.map(daysOf);
  const days = compared ? (own[given.findIndex((one) => !isPrevious(one))] ?? []) : union(own);
  const colorOf = paint(chosen);
  const series = given.map((one, index): Series => {
    const name = seriesName(one);
    return {
      name: isPrevious(one) ? `${name} (previous)` : name,
      color: LIFECYCLE[text(one["status"])] ?? colorOf(one, name),
      previous: isPrevious(one),
      data: aligned(one, own[index] ?? [], days, compared),
    };
  });
  return { days, series, unit: PLAIN, log: false, goals: [], ...over };
}

/** A colour for each name: the board's choice for its breakdown value, else the next free. */
export function paint(chosen?: Colors): (series: Json, name: string) => number {
  const ranks = new Map<string, number>();
  return (series, name) => {
    const rank = ranks.get(name) ?? ranks.size;
    ranks.set(name, rank);
    return chosen?.get(array(series["breakdown_value"] ?? []).join("::")) ??
      chosen?.get(String(series["breakdown_value"])) ??
      rank;
  };
}

/** The buckets' tokens in words. */
export function inWords(breakdown: string): string {
  return BUCKETS.reduce((name, [token, words]) => name.replace(token, words), breakdown);
}

/** What a person calls a series: its breakdown value, else the name it was given. */
export function seriesName(series: Json): string {
  const action = object(series["action"]);
  const label = text(series["label"]) || text(action["name"]);
  if (series["breakdown_value"] !== undefined) {
    return inWords(label) || "None";
  }
  return text(series["status"]) || text(action["custom_name"]) || label || "Unnamed";
}

export function isPrevious(series: Json): boolean {
  return series["compare_label"] === "previous";
}

/** The least and the most of all series; nothing known gives zeros. */
export function extentOf(lists: readonly (readonly (number | null)[])[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [0, 0] : [low, high];
}

/** Each interval as shares of its sum, in percent. */
export function asShares(series: readonly Series[]): Series[] {
  const sums = series[0]?.data.map((_, at) =>
    series.reduce((sum, { data }) => sum + Math.abs(data[at] ?? 0), 0),
  );
  return series.map((one) => ({
    ...one,
    data: one.data.map((value, at) => {
      const sum = sums?.[at] ?? 0;
      return value === null || sum === 0 ? null : (100 * value) / sum;
    }),
  }));
}

/** The other period has other days: it lies over this one interval by interval. */
function aligned(
  series: Json,
  own: string[],
  days: string[],
  compared: boolean,
): (number | null)[] {
  const data = array(series["data"]).map(number);
  const isFull = data.length === days.length;
  if (compared || isSame(own, days))
    return isFull ? data : days.map((_, index) => data[index] ?? null);
  const byDay = new Map(own.map((day, index) => [day, data[index] ?? null]));
  return days.map((day) => byDay.get(day) ?? null);
}

/** Stickiness counts days instead of naming them, and labels say so. */
function daysOf(series: Json): string[] {
  const days = array(series["days"]);
  return typeof days[0] === "number" ? array(series["labels"]).map(text) : days.map(text);
}

/** Most boards send the same days in every series; then their order stays. */
function union(lists: string[][]): string[] {
  const longest = lists.reduce((one, other) => (other.length > one.length ? other : one), []);
  if (lists.every((list) => isSame(list, longest))) return longest;
  const all = new Set(longest.concat(...lists));
  return all.size === longest.length ? longest : [...all].sort();
}

function isSame(one: string[], other: string[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((day, index) => day === other[index]);
}
