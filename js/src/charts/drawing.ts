import { boxesOf, type Boxes } from "./series/boxes";
import type { Cohorts } from "./matrix/cohorts";
import { colorsOf, type Colors } from "./colors/colors";
import { fits, lengthsOf } from "./fits";
import { linksOf, type Link } from "./flows/flow";
import { calendarOf, heatOfHours, type Heat } from "./matrix/heat";
import { array, object, objects, text, type Json } from "./json";
import { displayOf, kindOf, settingsOf, sourceOf } from "./kind";
import type { DrawingName } from "./kinds";
import { metricOf } from "./totals/metric";
import { onlyFirst } from "./series/names";
import { withPeriods } from "./series/periods";
import { figuresOf, type OverviewFigure } from "./totals/overview_figures";
import { retentionOf } from "./matrix/drawing";
import type { Rows } from "./tables/rows";
import { trendOf, type Axis, type Goal, type Trend } from "./series/series";
import type { Extras } from "./settings/trends/extras";
import { goalsOf } from "./tables/sql";
import { asShares } from "./plane/stack";
import type { Stack } from "./totals/stacked_bars";
import type { Funnel } from "./flows/steps";
import { breakdownOf, funnelsOf, ofTimes } from "./flows/steps";
import { ofStickiness } from "./series/stickiness";
import { namesIn, ofRows, tableOfValues } from "./tables/drawing";
import { PERCENT, PLAIN, unitOf, type Unit } from "./numbers/unit";
import { figureOf, placesOf, valuesOf, type Figure, type Place, type Value } from "./totals/values";

/** What is to be drawn of an insight, read and typed; one kind a component. */
export type Drawing = { note?: string; foot?: string[]; legend?: Side } & (
  | { kind: "line"; trend: Trend; stacked: boolean }
  | { kind: "columns"; trend: Trend; stacked: boolean }
  | { kind: "slope"; trend: Trend }
  | ({ kind: "boxes"; boxes: Boxes; extras?: Extras } & Axis)
  | { kind: "bars"; values: Value[]; unit: Unit; stacks?: Stack[] }
  | { kind: "pie"; values: Value[]; unit: Unit }
  | { kind: "map"; places: Place[]; unit: Unit }
  | { kind: "number"; figure: Figure; unit: Unit; line?: Trend }
  | { kind: "progress"; figure: Figure; goal: Goal | null; unit: Unit }
  | { kind: "overview"; figures: OverviewFigure[] }
  | { kind: "funnel"; funnels: Funnel[]; isUpright?: true }
  | { kind: "heat"; heat: Heat; unit: Unit }
  | ({ kind: "retention"; hasMatrix: boolean; isColumns?: true } & Returned)
  | { kind: "paths"; links: Link[]; isWhole?: true }
  | { kind: "table"; rows: Rows }
  | { kind: "unknown"; name: string; count: number }
);

interface Returned {
  cohorts: Cohorts;
  graph: Trend | null;
}

/** Where a legend stands beside its chart. */
export type Side = "top" | "bottom" | "left" | "right";

/** An insight taken apart, for the functions that read its result. */
export interface Given {
  insight: Json;
  source: Json;
  settings: Json;
  result: unknown;
  colors: Colors;
}

/** Choose by the table of kinds, and read the result.
 *
 * `breakdownColors` are the board's own (contract 7.9). */
export function drawingOf(insight: Json, breakdownColors?: unknown): Drawing {
  const source = sourceOf(insight);
  const kind = kindOf(source);
  const settings = settingsOf(source);
  const colors = colorsOf(breakdownColors, source, settings);
  const { result, note: unsaid } = withPeriods(insight["result"], source, kind?.compared);
  const given = { insight, source, settings, result, colors };
  // Rows with named columns say themselves what they are.
  const name = fits("columns", insight) && !isPlain(kind?.shape) ? "table" : kind?.drawing;
  if (!name) return unread(given);
  if (kind && !fits(kind.shape, insight)) return unread(given, "a result of another shape");
  const drawing = DRAWINGS[name](given);
  // Totals come with days and without values.
  const hasDays = kind?.shape !== "totals" && drawing.kind !== "unknown";
  const lengths = hasDays ? lengthsOf(insight) : "";
  const note = [drawing.note, unsaid, lengths].filter(Boolean).join(" ");
  return note ? { ...drawing, note } : drawing;
}

/** How each drawing of the table is made; a row without one would not compile. */
const DRAWINGS: Record<DrawingName, (given: Given) => Drawing> = {
  line: (given) => ofTrend(given, "line"),
  columns: (given) => ofTrend(given, "columns"),
  slope: ({ result, settings, colors }) => {
    return { kind: "slope", trend: trendOf(result, { unit: unitOf(settings) }, colors) };
  },
  boxes: ({ insight, result, source, settings }) => {
    const rows = array(result).length > 0 ? result : insight["boxplot_data"];
    const log = settings["yAxisScaleType"] === "log10";
    return { kind: "boxes", boxes: boxesOf(rows, source), unit: unitOf(settings), log };
  },
  bars: ({ result, settings, colors }) => {
    return { kind: "bars", values: valuesOf(result, colors), unit: unitOf(settings) };
  },
  pie: ({ result, settings, colors }) => {
    return { kind: "pie", values: valuesOf(result, colors), unit: unitOf(settings) };
  },
  map: (given) => {
    const { result, source, settings } = given;
    if (isRegional(source)) return ofRegions(given);
    return { kind: "map", places: placesOf(result), unit: unitOf(settings) };
  },
  regions: ofRegions,
  progress: ({ result, settings }) => ({
    kind: "progress",
    figure: figureOf(result),
    goal: goalsOf(settings["goalLines"])[0] ?? null,
    unit: unitOf(settings),
    ...onlyFirst(namesIn(trendOf(result))),
  }),
  number: ({ result, settings }) => ({
    kind: "number",
    figure: figureOf(result),
    unit: unitOf(settings),
    ...onlyFirst(namesIn(trendOf(result))),
  }),
  metric: ({ result, settings, colors }) => {
    const unit = unitOf(settings);
    const line = trendOf(result, { unit }, colors);
    const figure = metricOf(result, settings);
    const note = onlyFirst(namesIn(line));
    return { kind: "number", figure, unit, ...(line.days.length > 1 && { line }), ...note };
  },
  heat: (given) => {
    const { result, source, settings } = given;
    const isHours = source["kind"] === "CalendarHeatmapQuery";
    const heat = isHours ? heatOfHours(object(result)) : calendarOf(result, source);
    return heat ? { kind: "heat", heat, unit: isHours ? PLAIN : unitOf(settings) } : unread(given);
  },
  funnel: ({ result, colors }) => ({ kind: "funnel", funnels: funnelsOf(result, colors) }),
  times: ({ result }) => ofTimes(result),
  retention: ({ insight, settings }) => retentionOf(insight, settings),
  paths: (given) => {
    const links = linksOf(given.result);
    // Something that is no link is not the same as nothing.
    return links.length < array(given.result).length ? unread(given) : { kind: "paths", links };
  },
  overview: ({ result }) => ({ kind: "overview", figures: figuresOf(result) }),
  table: (given) =>
    given.settings["display"] === "ActionsTable"
      ? { kind: "table", rows: tableOfValues(valuesOf(given.result)) }
      : ofRows(given.insight),
};

/** The outlines that are on board end at countries. */
function ofRegions({ result, settings, colors }: Given): Drawing {
  return {
    kind: "bars",
    values: valuesOf(result, colors),
    unit: unitOf(settings),
    note: "Regions by code. PostHog draws them on a map.",
  };
}

/** A map whose breakdown goes below countries is one of regions, whatever its display says. */
function isRegional(source: Json): boolean {
  const { breakdown, breakdowns } = object(source["breakdownFilter"]);
  return [breakdown, ...objects(breakdowns).map(({ property }) => property)]
    .flat()
    .some((name) => text(name).includes("subdivision"));
}

function ofTrend(given: Given, usual: "line" | "columns"): Drawing {
  const { source, settings, colors, result } = given;
  if (source["kind"] === "StickinessQuery") return ofStickiness(result, settings, colors, usual);
  if (source["kind"] === "LifecycleQuery")
    return { kind: "columns", trend: trendOf(result), stacked: true };
  if (source["kind"] === "FunnelsQuery") {
    // Its series have no names of their own.
    const named = objects(result).map((one) => ({ label: breakdownOf(one) || "Conversion", ...one }));
    return { kind: "line", trend: trendOf(named, { unit: PERCENT }, colors), stacked: false };
  }
  const trend = filtered(result, settings, colors);
  const display = displayOf(source);
  return usual === "line"
    ? { kind: "line", trend, stacked: display === "ActionsAreaGraph" }
    : { kind: "columns", trend, stacked: display !== "ActionsUnstackedBar" };
}

function filtered(result: unknown, filter: Json, colors: Colors): Trend {
  const log = filter["yAxisScaleType"] === "log10";
  const goals = goalsOf(filter["goalLines"]);
  const trend = trendOf(result, { unit: unitOf(filter), log, goals }, colors);
  if (filter["showPercentStackView"] !== true) return trend;
  // A goal is a number: it has no place among shares.
  return { ...trend, series: asShares(trend.series), unit: PERCENT, goals: [] };
}

function isPlain(shape: string | undefined): boolean {
  return shape !== undefined && shape !== "columns";
}

function unread({ insight, source, result }: Given, why = ""): Drawing {
  const kind = text(source["kind"]) || text(object(insight["query"])["kind"]);
  const display = displayOf(source);
  const isOld = Object.keys(object(insight["filters"])).length > 0;
  const bare = isOld ? "An insight in an old format" : "A result without its query";
  const shown = kind ? (display && !why ? `${kind} shown as ${display}` : kind) : bare;
  const count = Array.isArray(result) ? array(result).length : 1;
  return { kind: "unknown", name: why ? `${shown} with ${why}` : shown, count };
}
