/** Insights for tests, each with the settings that a test is about. */
import { drawingOf } from "../drawing";
import type { Json } from "../json";
import { applySettings } from "./apply";
import type { Outside } from "./insight_parts";

const NOWHERE: Outside = { annotations: [], currency: "", board: null, now: Date.UTC(2027, 0, 1) };
export const DAYS = ["2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15"];

/** The drawing of an insight, settings included. */
export function shown(insight: Json, outside: Partial<Outside> = {}) {
  return applySettings(drawingOf(insight), insight, { ...NOWHERE, ...outside });
}

export function trends(filter: Json, result: unknown, more: Json = {}): Json {
  const source = { kind: "TrendsQuery", interval: "day", trendsFilter: filter };
  return { query: { kind: "InsightVizNode", source }, result, ...more };
}

export const series = (label: string, data: (number | null)[], more: Json = {}): Json => ({
  label,
  days: DAYS.slice(0, data.length),
  data,
  ...more,
});

export const total = (label: string, value: number): Json => ({
  label,
  breakdown_value: label,
  aggregated_value: value,
});

export function query(kind: string, filter: Json, result: unknown, more: Json = {}): Json {
  const name = `${kind.charAt(0).toLowerCase()}${kind.slice(1).replace("Query", "Filter")}`;
  return { query: { kind: "InsightVizNode", source: { kind, [name]: filter } }, result, ...more };
}

export const names = (all: readonly { name: string; hidden?: true }[]) =>
  all.filter(({ hidden }) => hidden).map(({ name }) => name);
