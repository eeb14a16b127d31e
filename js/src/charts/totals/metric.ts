import { number, objects, text, type Json } from "../json";
import { isPrevious } from "../series/names";
import type { Figure } from "./values";

const WORDS = new Map([
  ["total", "Total"],
  ["average", "Average"],
  ["latest", "Latest"],
]);

/** One number that stands for a series, and how it changed (contract 13.1 and doubt 12). */
export function metricOf(result: unknown, filter: Json): Figure {
  const given = objects(result);
  const current = given.find((one) => !isPrevious(one)) ?? {};
  const before = given.find(isPrevious);
  const summary = text(filter["metricSummary"]) || "total";
  const figure: Figure = {
    value: summed(current, summary),
    previous: null,
    words: WORDS.get(summary) ?? summary,
  };
  if (filter["metricShowChange"] === false) return figure;
  if (before && summary !== "latest") return { ...figure, previous: summed(before, summary) };
  const [first = null, ...rest] = known(current);
  const latest = rest.at(-1) ?? null;
  return { ...figure, previous: first, latest, since: "since the first interval" };
}

/** The same for a column of a table, whose sum may mean nothing. */
export function metricOfColumn(data: readonly (number | null)[], settings: Json): Figure {
  const filter = { metricSummary: text(settings["summary"]) || "latest" };
  return metricOf([{ data }], filter);
}

function summed(series: Json, summary: string): number | null {
  const values = known(series);
  const sum = values.reduce((total, value) => total + value, 0);
  if (summary === "latest") return values.at(-1) ?? null;
  if (summary === "average") return values.length > 0 ? sum / values.length : null;
  // The server's own total: people are not the sum of the people of each day.
  const total = number(series["aggregated_value"]) ?? number(series["count"]);
  return total ?? (values.length > 0 ? sum : null);
}

function known(series: Json): number[] {
  const data = Array.isArray(series["data"]) ? series["data"].map(number) : [];
  return data.filter((value) => value !== null);
}
