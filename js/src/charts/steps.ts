import { isHidden, paint, type Colors } from "./colors";
import { array, number, object, objects, text, type Json } from "./json";
import { inWords } from "./names";
import type { Paint } from "./palette";
import { numeric } from "./sql";

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
}

/** A funnel, or one of several when it is broken down. */
export interface Funnel {
  name: string;
  color: Paint;
  steps: Step[];
  hidden?: true;
}

/** Contract 13.3: a list of steps, or a list of such lists with a breakdown. */
export function funnelsOf(result: unknown, colors?: Colors): Funnel[] {
  const given = array(result);
  const groups = Array.isArray(given[0]) ? given : given.length > 0 ? [given] : [];
  const colorOf = paint(colors);
  return groups.map(objects).map((steps, index) => {
    const [first = {}] = steps;
    // What tells one funnel from another is its breakdown, not the step it begins with.
    const one = { breakdown_value: first["breakdown_value"] ?? first["breakdown"] };
    return {
      name: breakdownOf(first),
      color: colorOf(one, index),
      steps: steps.map(stepOf),
      ...(isHidden(one, index, colors) && { hidden: true }),
    };
  });
}

function breakdownOf(step: Json): string {
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
export interface Times {
  average: number | null;
  bins: [seconds: number, count: number][];
}

export function timesOf(result: unknown): Times {
  const given = object(result);
  return {
    average: number(given["average_conversion_time"]),
    bins: array(given["bins"]).flatMap((bin) => {
      const [seconds, count] = array(bin).map(number);
      return seconds == null || count == null ? [] : [[seconds, count]];
    }),
  };
}
