import { isHidden, paint, type Colors } from "../colors/colors";
import type { Drawing } from "../drawing";
import { duration, spelled } from "../numbers/duration";
import { array, number, object, objects, text, type Json } from "../json";
import { inWords, isPrevious, periodName } from "../series/names";
import type { Paint } from "../colors/palette";
import { numeric } from "../tables/sql";
import { PLAIN } from "../numbers/unit";

export interface Step {
  name: string;
  /** Null: unknown. */
  count: number | null;
  /** Of the first step, 0 to 1; null when nobody took that, or either is unknown. */
  share: number | null;
  /** Of the step before. */
  kept: number | null;
  /** Seconds from the step before. */
  average: number | null;
  median: number | null;
  /** What stands below, where that is not the share of the step before. */
  note?: string | undefined;
}

/** A funnel, or one of several when it is broken down. */
export interface Funnel {
  name: string;
  color: Paint;
  steps: Step[];
  /** Of the period that the current one is compared with. */
  previous?: true;
  hidden?: true;
}

/** Contract 13.3: a list of steps, or a list of such lists with a breakdown. */
export function funnelsOf(result: unknown, colors?: Colors): Funnel[] {
  const given = array(result);
  const groups = Array.isArray(given[0]) ? given : given.length > 0 ? [given] : [];
  const colorOf = paint(colors);
  const found = groups.map(objects).flatMap(single);
  const isCompared = found.some(([first]) => first !== undefined && isPrevious(first));
  return found.map((steps, index) => {
    const [first = {}] = steps;
    // What tells one funnel from another is its breakdown, not the step it begins with.
    const one = { breakdown_value: first["breakdown_value"] ?? first["breakdown"] };
    const name = breakdownOf(first);
    const isBefore = isPrevious(first);
    return {
      name: isCompared ? periodOf(name, first) : name,
      color: colorOf(one, index),
      steps: steps.map(stepOf),
      ...(isBefore && { previous: true }),
      ...(isHidden(one, index, colors) && { hidden: true }),
    };
  });
}

function periodOf(name: string, first: Json): string {
  const isBefore = isPrevious(first);
  if (!name) return text(first["compare_name"]) || (isBefore ? "Previous" : "Current");
  return isBefore ? `${name} (${periodName(first)})` : name;
}

/** Steps of two periods come as one list: a new funnel begins where the label changes. */
function single(steps: Json[]): Json[][] {
  const found: Json[][] = [];
  for (const step of steps) {
    const last = found.at(-1)?.at(-1);
    if (!last || begins(last, step)) found.push([step]);
    else found.at(-1)?.push(step);
  }
  return found;
}

function begins(last: Json, step: Json): boolean {
  if (last["compare_label"] !== step["compare_label"]) return true;
  const [before, order] = [number(last["order"]), number(step["order"])];
  return before !== null && order !== null && order <= before;
}

export function breakdownOf(step: Json): string {
  const given = [step["breakdown_value"] ?? step["breakdown"] ?? []].flat();
  return given.map((value) => inWords(String(value))).join(", ");
}

function stepOf(step: Json, index: number, steps: Json[]): Step {
  const count = numeric(step["count"]);
  const of = (whole: Json | undefined) => {
    const all = numeric(whole?.["count"]);
    return count !== null && all !== null && all > 0 ? count / all : null;
  };
  return {
    name: text(step["custom_name"]) || text(step["name"]) || "Unnamed",
    count,
    share: of(steps[0]),
    kept: of(steps[index - 1]),
    average: number(step["average_conversion_time"]),
    median: number(step["median_conversion_time"]),
  };
}

/** Time to convert: seconds, and how many took at least so long but less than the next. */
interface Times {
  average: number | null;
  previous: boolean;
  bins: [seconds: number, count: number][];
}

/** One period, or two when they are compared. */
function timesOf(result: unknown): Times[] {
  return (Array.isArray(result) ? objects(result) : [object(result)]).map((given) => ({
    average: number(given["average_conversion_time"]),
    previous: isPrevious(given),
    bins: array(given["bins"]).flatMap((bin) => {
      const [seconds, count] = array(bin).map(number);
      return seconds == null || count == null ? [] : [[seconds, count]];
    }),
  }));
}

/** Columns over the bins of all periods. */
export function ofTimes(result: unknown): Drawing {
  const times = timesOf(result);
  const starts = [...new Set(times.flatMap(({ bins }) => bins.map(([seconds]) => seconds)))];
  starts.sort((one, other) => one - other);
  const series = times.flatMap(({ bins, previous }) => {
    const counts = new Map(bins);
    const data = starts.map((seconds) => counts.get(seconds) ?? null);
    const name = previous ? "Converted (previous)" : "Converted";
    return data.some((count) => count) ? [{ name, color: 0, previous, data }] : [];
  });
  const trend = { days: starts.map(spelled), series, unit: PLAIN, log: false, goals: [] };
  const averages = times.flatMap(({ average, previous }) =>
    average === null ? [] : [`${duration(average)} on average${previous ? " before" : ""}`],
  );
  const note = averages.length > 0 ? { note: averages.join(", ") } : {};
  return { kind: "columns", trend, stacked: true, ...note };
}
