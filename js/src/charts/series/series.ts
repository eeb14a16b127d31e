import { isHidden, paint, type Colors } from "../colors/colors";
import { array, number, objects, text, type Json } from "../json";
import { isPrevious, namesOf } from "./names";
import { LIFECYCLE, type Paint } from "../colors/palette";
import type { Extras } from "../settings/trends/extras";
import { PLAIN, type Unit } from "../numbers/unit";

export interface Series {
  name: string;
  /** Rank of its color; a previous period shares that of the current one. */
  color: Paint;
  previous: boolean;
  data: (number | null)[];
  /** What its values are shares of; stickiness has it. */
  whole?: number;
  /** Taken out at first: somebody did not want to see it. */
  hidden?: true;
  /** Measured by the second axis. */
  right?: boolean;
  /** Another shape than its chart's. */
  shape?: "line" | "area";
  /** How its values are written, where each series has its own way. */
  unit?: Unit;
  /** The first interval that was not over: what is known of it is not final. */
  open?: number;
}

/** A line to reach, across the chart. */
export interface Goal {
  name: string;
  value: number;
  /** A color of its own, which was checked. */
  color?: string;
  isUnnamed?: true;
  isAtStart?: true;
}

/** How values lie on an axis, and how they are written there. */
export interface Axis {
  unit: Unit;
  log: boolean;
}

/** Series over one axis (contract 13.1, 13.6, 13.7), or two of them. */
export interface Trend extends Axis {
  days: string[];
  series: Series[];
  goals: Goal[];
  right?: Axis;
  /** What settings add to it, where there is room to draw it. */
  extras?: Extras;
}

export function trendOf(result: unknown, over: Partial<Trend> = {}, colors?: Colors): Trend {
  const given = objects(result);
  const compared = given.some(isPrevious);
  const own = given.map(daysOf);
  const days = compared ? (own[given.findIndex((one) => !isPrevious(one))] ?? []) : union(own);
  const names = namesOf(given);
  const colorOf = paint(colors);
  const series = given.map((one, index): Series => ({
    name: names[index] ?? "",
    color: LIFECYCLE.get(text(one["status"])) ?? colorOf(one, index),
    previous: isPrevious(one),
    data: aligned(one, own[index] ?? [], days, compared),
    ...(isHidden(one, index, colors) && { hidden: true }),
  }));
  return { days, series, unit: PLAIN, log: false, goals: [], ...over };
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

/** The least and the most on the first axis, and on the second. */
export function extentsOf(
  given: readonly { right?: boolean | undefined; data: readonly (number | null)[] }[],
): [number, number][] {
  return [false, true].map((isRight) =>
    extentOf(given.filter(({ right = false }) => right === isRight).map(({ data }) => data)),
  );
}

/** The other period has other days: it lies over this one interval by interval. */
function aligned(
  series: Json,
  own: string[],
  days: string[],
  compared: boolean,
): (number | null)[] {
  const data = numbers(array(series["data"]));
  const isFull = data.length === days.length;
  if (compared || isSame(own, days))
    return isFull ? data : days.map((_, index) => data[index] ?? null);
  const byDay = new Map(own.map((day, index) => [day, data[index] ?? null]));
  return days.map((day) => byDay.get(day) ?? null);
}

/** Stickiness counts days instead of naming them, and labels say so. */
function daysOf(series: Json): string[] {
  const days = array(series["days"]);
  return texts(typeof days[0] === "number" ? array(series["labels"]) : days);
}

/** Long lists are as they should be, and are not copied. */
function texts(list: unknown[]): string[] {
  return list.every((one) => typeof one === "string") ? (list as string[]) : list.map(text);
}

function numbers(list: unknown[]): (number | null)[] {
  return list.every((one) => number(one) === one) ? (list as (number | null)[]) : list.map(number);
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
