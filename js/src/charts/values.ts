import { number, objects } from "./json";
import { isPrevious, seriesName } from "./series";

export interface Value {
  name: string;
  value: number | null;
}

/** One total a series, largest first (contract 13.2). */
export function valuesOf(result: unknown): Value[] {
  return objects(result)
    .map((one) => ({
      name: isPrevious(one) ? `${seriesName(one)} (previous)` : seriesName(one),
      value: number(one["aggregated_value"]),
    }))
    .sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity));
}

export interface Figure {
  value: number | null;
  previous: number | null;
}

/** A single number, with that of the period before when the query compares. */
export function figureOf(result: unknown): Figure {
  const given = objects(result);
  const current = given.find((one) => !isPrevious(one));
  const previous = given.find(isPrevious);
  return {
    value: number(current?.["aggregated_value"]),
    previous: number(previous?.["aggregated_value"]),
  };
}
