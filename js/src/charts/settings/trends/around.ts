import type { Drawing } from "../../drawing";
import { number, object, text, type Json } from "../../json";
import type { Goal, Trend } from "../../series/series";
import { PERCENT } from "../../numbers/unit";
import { annotationsOf } from "./annotations";
import type { Extras } from "./extras";
import { goalLines, thresholdsOf } from "./goals";
import type { InsightParts } from "../insight_parts";
import { measuresOf } from "../tables/measures";

/** Lines, labels and marks around what a chart shows over time. */
export function withExtras(drawing: Drawing, parts: InsightParts): Drawing {
  const { settings, chart } = parts;
  if (drawing.kind === "boxes") return { ...drawing, extras: labelsOf(settings, chart) };
  if (drawing.kind !== "line" && drawing.kind !== "columns") return drawing;
  const { trend } = drawing;
  const isTable = Object.keys(chart).length > 0;
  const extras: Extras = {
    ...(isTable ? ofTable(chart, trend) : ofTrend(drawing, parts)),
    ...labelsOf(settings, chart),
    ...(drawing.stacked && { isStacked: true }),
    ...(drawing.kind === "columns" && { isColumns: true }),
  };
  return { ...drawing, trend: { ...trend, goals: goalsOf(trend, parts), extras } };
}

function ofTrend(drawing: Drawing & { kind: "line" | "columns" }, parts: InsightParts): Extras {
  const { settings, source, insight, outside } = parts;
  const { trend } = drawing;
  // PostHog has these for lines on an axis that is not logarithmic.
  const isLine = drawing.kind === "line" && !drawing.stacked && !trend.log;
  const is = (name: string) => settings[name] === true;
  const isDated = source["kind"] !== "StickinessQuery" && settings["showAnnotations"] !== false;
  const annotations = isDated
    ? annotationsOf(outside.annotations, trend.days, insight, outside.board)
    : [];
  return {
    ...(isLine && is("showTrendLines") && { trendLines: true }),
    ...(isLine && is("showMovingAverage") && { average: number(settings["movingAverageIntervals"]) ?? 7 }),
    ...(isLine && is("showConfidenceIntervals") && { confidence: number(settings["confidenceLevel"]) ?? 95 }),
    ...(drawing.kind === "line" && is("showMultipleYAxes") && { hasAxes: true }),
    ...(is("showValuesOnSeries") && { values: is("showPercentagesOnSeries") ? "share" : "value" }),
    ...(annotations.length > 0 && { annotations }),
  };
}

function ofTable(chart: Json, trend: Trend): Extras {
  const lined = measuresOf(chart).filter(({ display }) => display["trendLine"] === true);
  const names = trend.series.map(({ name }) => name);
  const trendLines = names.filter((name) => lined.some(({ has }) => has(name)));
  return {
    ...(trendLines.length > 0 && { trendLines }),
    ...(chart["showValuesOnSeries"] === true && { values: "value" }),
    ...(chart["showTotalRow"] === true && { hasTotal: true }),
  };
}

/** What stands beside the axes. */
export function labelsOf(settings: Json, chart: Json): Extras {
  const x = text(settings["xAxisLabel"]) || text(chart["xAxisLabel"]);
  const left = text(object(chart["leftYAxisSettings"])["label"]);
  const right = text(object(chart["rightYAxisSettings"])["label"]);
  const y = text(settings["yAxisLabel"]) || left;
  return { ...(x && { xLabel: x }), ...(y && { yLabel: y }), ...(right && { rightLabel: right }) };
}

/** A goal is a number: it has no place among shares of a stack, only among shares that are one. */
function goalsOf(trend: Trend, { settings, chart, source, insight }: InsightParts): Goal[] {
  if (trend.unit === PERCENT && source["kind"] !== "FunnelsQuery") return [];
  const thresholds = settings["showAlertThresholdLines"] === true ? thresholdsOf(insight) : [];
  return [...goalLines(settings["goalLines"] ?? chart["goalLines"], trend), ...thresholds];
}
