import { day } from "../numbers/format";
import { array, number, objects, text, type Json } from "../json";
import { inWords } from "../series/names";
import type { Series, Trend } from "../series/series";
import { PERCENT, PLAIN } from "../numbers/unit";
import { inZone } from "../numbers/zone";

/** People who began together, and how many of them came back in each period. */
export interface Cohort {
  name: string;
  size: number;
  /** Index 0 is the period they began in; null is a period that is not over yet. */
  counts: (number | null)[];
  /** A property's sum or average in each period, where the query asks for that. */
  amounts?: (number | null)[];
  /** What each period is a share of, where that is not the size. */
  wholes?: (number | null)[];
}

export interface Cohorts {
  periods: string[];
  rows: Cohort[];
  /** Share of each period, 0 to 1, over the cohorts that reached it. */
  mean: (number | null)[];
}

/** What the query and the insight say about them. */
export interface Asked {
  isWeighted: boolean;
  /** A property is summed or averaged, instead of people being counted. */
  isAggregated: boolean;
  /** Intervals that each period after the first takes, where they are not equal. */
  brackets: number[];
  /** What a period is called, where it has no label: Day, Week. */
  period: string;
  /** When the server computed them, and in which time zone. */
  computed: string;
  timezone: string;
}

/** Contract 13.4. Lists are shorter for later cohorts, or filled up with zeros: both end here. */
export function cohortsOf(result: unknown, asked: Asked): Cohorts {
  const { isWeighted, isAggregated, brackets, computed, timezone } = asked;
  const given = objects(result);
  const until = Date.parse(computed);
  const starts = given.map(({ date }) => Date.parse(text(date)));
  const later = starts.find((start) => start > (starts[0] ?? NaN)) ?? NaN;
  const step = later - (starts[0] ?? NaN);
  const begins = periodStarts(brackets);
  const rows = given.map((one, index): Cohort => {
    const values = objects(one["values"]);
    const ended = (all: (number | null)[]) =>
      all.map((value, period) => {
        const start = (starts[index] ?? NaN) + (begins?.[period] ?? period) * step;
        // A zero at the end of a row is a period to come, if it would begin after that.
        return value === 0 && start > until ? null : value;
      });
    const breakdown = one["breakdown_value"];
    const name = nameOf(one, timezone);
    const counts = ended(values.map((value) => number(value["count"])));
    const amounts = values.map((value) => number(value["aggregation_value"]));
    return {
      name: breakdown == null ? name : `${inWords([breakdown].flat().join(", "))} · ${name}`,
      size: counts[0] ?? 0,
      counts,
      ...(isAggregated && { amounts: ended(amounts) }),
    };
  });
  const longest = Math.max(0, ...given.map((one) => array(one["values"]).length));
  const labels = objects(given.find((one) => array(one["values"]).length === longest)?.["values"]);
  return {
    periods: labels.map(({ label }, index) => text(label) || `${asked.period} ${index}`),
    rows,
    mean: labels.map((_, period) => meanOf(rows, period, isWeighted)),
  };
}

export function shareOf({ size, counts, wholes }: Cohort, period: number): number | null {
  const [count, whole] = [counts[period], wholes?.[period] ?? size];
  return count == null || whole === 0 ? null : count / whole;
}

/** A cohort's day without its midnight, also behind a breakdown's name. */
export function dayOf(name: string): string {
  return name.replace(/\d{4}-\d\d-\d\d.*$/, (date) => day(date).replace(/, 00:00$/, ""));
}

/** A line a cohort. */
export function graphOf({ periods, rows }: Cohorts): Trend {
  const series = rows
    .filter(({ size }) => size > 0)
    .map((row, color): Series => {
      const data = periods.map((_, period) => {
        if (row.amounts) return row.amounts[period] ?? null;
        const share = shareOf(row, period);
        return share === null ? null : share * 100;
      });
      return { name: dayOf(row.name), color, previous: false, data };
    });
  const unit = rows.some(({ amounts }) => amounts) ? PLAIN : PERCENT;
  return { days: periods, series, unit, log: false, goals: [] };
}

/** Intervals after which each period begins, where a query has brackets of its own. */
function periodStarts(brackets: readonly number[]): number[] | null {
  if (brackets.length === 0) return null;
  let start = 1; // the first period is the interval they began in
  return [0, ...brackets.map((length) => (start += length) - length)];
}

function meanOf(rows: Cohort[], period: number, weighted: boolean): number | null {
  const amounts = rows.map((row) => row.amounts?.[period] ?? null).filter((one) => one !== null);
  if (rows[0]?.amounts)
    return amounts.length > 0 ? amounts.reduce((sum, one) => sum + one, 0) / amounts.length : null;
  const reached = rows.filter(({ size, counts }) => size > 0 && counts[period] != null);
  if (reached.length === 0) return null;
  const sum = (of: (row: Cohort) => number) => reached.reduce((total, row) => total + of(row), 0);
  return weighted
    ? sum(({ counts }) => counts[period] ?? 0) / sum(({ size }) => size)
    : sum((row) => shareOf(row, period) ?? 0) / reached.length;
}

/** When the cohort began, by the project's clock. */
function nameOf(one: Json, timezone: string): string {
  return inZone(text(one["date"]), timezone) || text(one["label"]);
}
