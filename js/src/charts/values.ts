import { number, objects, text } from "./json";
import { isPrevious, paint, seriesName, type Colors } from "./series";

export interface Value {
  name: string;
  value: number | null;
  color: number;
  previous: boolean;
}

/** One total a series, largest first (contract 13.2). */
export function valuesOf(result: unknown, chosen?: Colors): Value[] {
  const colorOf = paint(chosen);
  return objects(result)
    .map((one) => {
      const name = seriesName(one);
      const previous = isPrevious(one);
      return {
        name: previous ? `${name} (previous)` : name,
        value: number(one["aggregated_value"]),
        color: colorOf(one, name),
        previous,
      };
    })
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
