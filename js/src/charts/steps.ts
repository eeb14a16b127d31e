import { array, number, object, objects, text, type Json } from "./json";
import { inWords, paint, type Colors } from "./series";

export interface Step {
  name: string;
  count: number;
  /** Of the first step, 0 to 1; null when nobody took that. */
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
  color: number;
  steps: Step[];
}

/** Contract 13.3: a list of steps, or a list of such lists with a breakdown. */
export function funnelsOf(result: unknown, chosen?: Colors): Funnel[] {
  const given = array(result);
  const groups = Array.isArray(given[0]) ? given : given.length > 0 ? [given] : [];
  const colorOf = paint(chosen);
  return groups.map(objects).map((steps) => {
    const name = breakdownOf(steps[0]);
    return { name, color: colorOf(steps[0] ?? {}, name), steps: steps.map(stepOf) };
  });
}

function breakdownOf(step: Json = {}): string {
  const given = step["breakdown_value"] ?? step["breakdown"];
  return (Array.isArray(given) ? given : given == null ? [] : [given]).map((value) => inWords(String(value))).join(", ");
}

function stepOf(step: Json, index: number, steps: Json[]): Step {
  const count = number(step["count"]) ?? 0;
  const first = number(steps[0]?.["count"]) ?? 0;
  const before = number(steps[index - 1]?.["count"]) ?? 0;
  return {
    name: text(step["custom_name"]) || text(step["name"]) || "Unnamed",
    count,
    share: first > 0 ? count / first : null,
    kept: before > 0 ? count / before : null,
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
