import { MOST_AXES } from "../plane/axes";
import type { Drawing, Side } from "../drawing";
import { object, type Json } from "../json";
import { written } from "../numbers/unit";
import { labelsOf, withExtras } from "./trends/around";
import { hasUnknownRules, withColumns } from "./tables/columns";
import { withDirection, withWhiskers } from "./figures";
import { withFunnel } from "./funnel";
import { partsOf, type InsightParts, type Outside } from "./insight_parts";
import { withHidden } from "./hidden";
import { notDrawn } from "./named";
import { withPeriods } from "./trends/periods";
import { withRetention } from "./retention";
import { withCustomizations, withNulls } from "./tables/series";
import { withStacks } from "./trends/stacks";
import { withUnits } from "./units";

const STEPS = [
  withNulls,
  withCustomizations,
  withHidden,
  withPeriods,
  withUnits,
  withRetention,
  withFunnel,
  withColumns,
  withDirection,
  withWhiskers,
  withLifecycle,
  withWholePaths,
  withTotal,
  withStacks,
  withExtras,
];

/** A drawing as the insight's settings want it; its foot names what of them is not drawn. */
export function applySettings(drawing: Drawing, insight: Json, outside: Outside): Drawing {
  if (drawing.kind === "unknown") return drawing;
  const parts = partsOf(insight, outside);
  const made = STEPS.reduce<Drawing>((one, step) => step(one, parts), drawing);
  const missing = [...notDrawn(insight), ...missingOf(made, parts)];
  const foot = [
    ...(made.foot ?? []),
    ...(missing.length > 0 ? [`Not drawn here: ${missing.join(", ")}.`] : []),
  ];
  const legend = sideOf(parts);
  return { ...made, ...(foot.length > 0 && { foot }), ...(legend && { legend }) };
}

/** Drawn in other charts, but not in those whose axes are their own. */
function elsewhere({ kind }: Drawing, { settings, chart }: InsightParts): string[] {
  if (kind !== "boxes" && kind !== "slope" && kind !== "bars") return [];
  const { xLabel, yLabel } = kind === "boxes" ? {} : labelsOf(settings, chart);
  return [
    ...(isSet(settings["goalLines"] ?? chart["goalLines"]) ? ["goal lines"] : []),
    ...(xLabel ? ["the label of the x axis"] : []),
    ...(yLabel ? ["the label of the y axis"] : []),
    ...(isSet(settings["hideWeekends"]) ? ["weekends left out"] : []),
  ];
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** What is set but can't be drawn here, or could be if the server had sent what it takes. */
function missingOf(drawing: Drawing, parts: InsightParts): string[] {
  const { settings, table, insight, outside } = parts;
  return [
    ...elsewhere(drawing, parts),
    ...("trend" in drawing && drawing.trend.extras?.hasAxes && drawing.trend.series.length > MOST_AXES
      ? [`the numbers of more than ${MOST_AXES} axes`]
      : []),
    ...(settings["aggregationAxisFormat"] === "currency" && !outside.currency
      ? ["the project's currency, which is not known"]
      : []),
    ...(settings["showAlertThresholdLines"] === true && !Array.isArray(insight["alerts"])
      ? ["alert thresholds, which the server did not send"]
      : []),
    ...(hasUnknownRules(table) ? ["some rules of conditional formatting"] : []),
  ];
}

const SIDES = ["top", "bottom", "left", "right"] as const;

/** Where PostHog puts the legend; beside the title if it has none. */
function sideOf({ settings, chart }: InsightParts): Side | null {
  if (settings["showLegend"] !== true && chart["showLegend"] !== true) return null;
  return SIDES.find((side) => side === settings["legendPosition"]) ?? "bottom";
}

function withLifecycle(drawing: Drawing, { source, settings }: InsightParts): Drawing {
  const isApart = source["kind"] === "LifecycleQuery" && settings["stacked"] === false;
  return isApart && drawing.kind === "columns" ? { ...drawing, stacked: false } : drawing;
}

function withWholePaths(drawing: Drawing, { settings }: InsightParts): Drawing {
  const isWhole = drawing.kind === "paths" && settings["showFullUrls"] === true;
  return isWhole ? { ...drawing, isWhole } : drawing;
}

/** PostHog writes a pie's sum below it. */
function withTotal(drawing: Drawing, { settings, chart }: InsightParts): Drawing {
  if (drawing.kind !== "pie" || drawing.values.length === 0) return drawing;
  const { showTotal = chart["showPieTotal"] ?? settings["showPieTotal"] } = object(chart["pie"]);
  if (showTotal === false) return drawing;
  const shown = drawing.values.filter(({ hidden }) => !hidden);
  const sum = shown.reduce((total, { value }) => total + (value ?? 0), 0);
  return { ...drawing, foot: [...(drawing.foot ?? []), `Total ${written(sum, drawing.unit)}.`] };
}
