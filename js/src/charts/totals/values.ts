import { isHidden, paint, type Colors } from "../colors/colors";
import { number, objects, text } from "../json";
import { isBucket, isPrevious, namesOf, seriesName } from "../series/names";
import type { Paint } from "../colors/palette";

export interface Value {
  name: string;
  value: number | null;
  color: Paint;
  previous: boolean;
  hidden?: true;
}

/** One total a series, largest first, what is left over last (contract 13.2). */
export function valuesOf(result: unknown, colors?: Colors): Value[] {
  const given = objects(result);
  const names = namesOf(given);
  const colorOf = paint(colors);
  const values = given.map((one, index) => ({
    rank: isBucket(one) ? 1 : 0,
    value: {
      name: names[index] ?? "",
      value: number(one["aggregated_value"]),
      color: colorOf(one, index),
      previous: isPrevious(one),
      ...(isHidden(one, index, colors) && { hidden: true as const }),
    },
  }));
  return values
    .sort((one, other) => one.rank - other.rank || amount(other.value) - amount(one.value))
    .map(({ value }) => value);
}

function amount({ value }: Value): number {
  return value ?? -Infinity;
}

export interface Figure {
  value: number | null;
  /** What it is compared with. */
  previous: number | null;
  /** What is compared, when that is another number than the one that is shown. */
  latest?: number | null;
  /** How the number was made, and since when it changed. */
  words?: string;
  since?: string;
  /** The color of the change. */
  tint?: string;
  /** Compared with a period that has no value. */
  isAlone?: true;
}

/** A single number, with that of the period before when the query compares. */
export function figureOf(result: unknown): Figure {
  const given = objects(result);
  const current = given.find((one) => !isPrevious(one));
  const before = given.find(isPrevious);
  const previous = number(before?.["aggregated_value"]);
  return {
    value: number(current?.["aggregated_value"]),
    previous,
    ...(before?.["compare_name"] ? { since: `vs. ${text(before["compare_name"])}` } : {}),
    ...(before && previous === null && { isAlone: true }),
  };
}

/** A country and its total; the code is empty where nobody knows the country. */
export interface Place {
  code: string;
  name: string;
  value: number | null;
}

const NAMES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** A total a country, largest first. A map shows one period: the current. */
export function placesOf(result: unknown): Place[] {
  return objects(result)
    .filter((one) => !isPrevious(one))
    .map((one) => {
      const given = one["breakdown_value"];
      const code = text(Array.isArray(given) ? given[0] : given).toUpperCase();
      const isCountry = /^[A-Z]{2}$/.test(code);
      return {
        code: isCountry ? code : "",
        name: isCountry ? (NAMES.of(code) ?? code) : seriesName(one),
        value: number(one["aggregated_value"]),
      };
    })
    .sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity));
}
