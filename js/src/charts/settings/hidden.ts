import type { Drawing } from "../drawing";
import { array, number, object, type Json } from "../json";
import { inWords } from "../series/names";
import type { InsightParts } from "./insight_parts";

/** What somebody took out of the chart in PostHog starts out of it here too. */
export function withHidden(drawing: Drawing, { insight, source, settings }: InsightParts): Drawing {
  const result = array(insight["result"]);
  const indexes = indexesOf(settings);
  const breakdowns = array(settings["hiddenLegendBreakdowns"]).map(String);
  switch (drawing.kind) {
    case "line":
    case "columns":
    case "slope": {
      const statuses = settings["toggledLifecycles"];
      const isOut = (name: string, index: number) =>
        indexes.has(index) ||
        (Array.isArray(statuses) && source["kind"] === "LifecycleQuery"
          ? !statuses.includes(name)
          : breakdowns.includes(keyOf(object(result[index]))));
      return { ...drawing, trend: { ...drawing.trend, series: marked(drawing.trend.series, isOut) } };
    }
    case "funnel": {
      const names = breakdowns.map((key) => key.split("::").map(inWords).join(", "));
      const isOut = (name: string) => names.includes(name.replace(/ \(previous\)$/, ""));
      return { ...drawing, funnels: marked(drawing.funnels, isOut) };
    }
    case "pie":
      return { ...drawing, values: marked(drawing.values, (_, index) => indexes.has(index)) };
    case "bars": {
      // No legend puts a bar back: the foot says what is missing.
      const all = marked(drawing.values, (_, index) => indexes.has(index));
      const out = all.filter(({ hidden }) => hidden).map(({ name }) => name);
      if (out.length === 0 || out.length === all.length) return drawing;
      const values = all.filter(({ hidden }) => !hidden);
      return { ...drawing, values, foot: [`Hidden in PostHog: ${out.join(", ")}.`] };
    }
    default:
      return drawing;
  }
}

/** Old insights have an object instead: `{"1": true}`. */
function indexesOf(settings: Json): Set<number> {
  const old = Object.entries(object(settings["hiddenLegendKeys"]));
  return new Set([
    ...array(settings["hiddenLegendIndexes"]).map((one) => number(one) ?? -1),
    ...old.flatMap(([index, isOut]) => (isOut === true ? [Number(index)] : [])),
  ]);
}

function marked<T extends { name: string; hidden?: true }>(
  all: readonly T[],
  isOut: (name: string, index: number) => boolean,
): T[] {
  return all.map((one, index) => (isOut(one.name, index) ? { ...one, hidden: true } : one));
}

/** How PostHog names a value of a breakdown among what is hidden. */
function keyOf({ breakdown_value: given }: Json): string {
  return [given ?? []].flat().map(String).join("::") || "Baseline";
}
