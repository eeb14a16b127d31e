import { dayOf, graphOf, shareOf, type Cohort, type Cohorts } from "../matrix/cohorts";
import type { Drawing } from "../drawing";
import { array, number, objects, text, type Json } from "../json";
import type { Trend } from "../series/series";
import { PERCENT, PLAIN } from "../numbers/unit";
import { goalLines } from "./trends/goals";
import type { InsightParts } from "./insight_parts";
import { later } from "./moment";
import { computedAt } from "./trends/open";

/** What a retention's shares are of, how its periods are named, and what its graph shows. */
export function withRetention(drawing: Drawing, { settings, insight, outside }: InsightParts): Drawing {
  if (drawing.kind !== "retention") return drawing;
  let { cohorts } = drawing;
  const isWeighted = settings["meanRetentionCalculation"] === "weighted";
  if (settings["retentionReference"] === "previous") cohorts = ofPrevious(cohorts, isWeighted);
  const from = number(settings["cohortLabelStartIndex"]) ?? 0;
  if (from !== 0)
    cohorts = { ...cohorts, periods: cohorts.periods.map((name) => shifted(name, from)) };
  if (!drawing.graph) return { ...drawing, cohorts };
  const chosen = number(settings["selectedInterval"]);
  const graph = chosen === null ? opened(cohorts, settings, insight, outside.now) : across(cohorts, chosen);
  const goals = goalLines(settings["goalLines"], graph);
  const extras = settings["showTrendLines"] === true ? { extras: { trendLines: true } as const } : {};
  const columns = settings["display"] === "ActionsBar" ? { isColumns: true as const } : {};
  return { ...drawing, cohorts, graph: { ...graph, goals, ...extras }, ...columns };
}

/** Of those who came in the period before, not of all; sums and averages are no shares. */
function ofPrevious(cohorts: Cohorts, isWeighted: boolean): Cohorts {
  if (cohorts.rows.some(({ amounts }) => amounts)) return cohorts;
  const rows = cohorts.rows.map((row): Cohort => ({ ...row, wholes: [row.size, ...row.counts] }));
  const mean = cohorts.periods.map((_, period) => {
    let [sum, weights] = [0, 0];
    for (const row of rows) {
      const share = shareOf(row, period);
      const weight = share === null ? 0 : isWeighted ? row.size : 1;
      sum += (share ?? 0) * weight;
      weights += weight;
    }
    return weights > 0 ? sum / weights : null;
  });
  return { ...cohorts, rows, mean };
}

/** A line a cohort, each not final from the period that was not over on. */
function opened(cohorts: Cohorts, settings: Json, insight: Json, now: number): Trend {
  const graph = graphOf(cohorts);
  const computed = computedAt(insight, now);
  const period = (text(settings["period"]) || "Day").toLowerCase();
  // Periods of their own lengths end nobody knows here when.
  if (array(settings["retentionCustomBrackets"]).length > 0) return graph;
  const begun = objects(insight["result"]).filter((_, at) => cohorts.rows[at]?.size);
  const series = graph.series.map((one, at) => {
    const start = Date.parse(text(begun[at]?.["date"]));
    const open = one.data.findIndex((_, rank) => later(start, period, rank + 1) > computed);
    return open < 0 ? one : { ...one, open };
  });
  return { ...graph, series };
}

/** "Day 0" -> "Day 1". */
function shifted(name: string, by: number): string {
  return name.replace(/\d+$/, (rank) => String(Number(rank) + by));
}

/** One period over all cohorts. */
function across({ periods, rows }: Cohorts, period: number): Trend {
  const begun = rows.filter(({ size }) => size > 0);
  const data = begun.map((row) => {
    if (row.amounts) return row.amounts[period] ?? null;
    const share = shareOf(row, period);
    return share === null ? null : share * 100;
  });
  const series = [{ name: periods[period] ?? `Period ${period}`, color: 0, previous: false, data }];
  const unit = begun.some(({ amounts }) => amounts) ? PLAIN : PERCENT;
  return { days: begun.map(({ name }) => dayOf(name)), series, unit, log: false, goals: [] };
}
