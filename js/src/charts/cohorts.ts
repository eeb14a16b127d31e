import { day } from "./format";
import { array, number, objects, text, type Json } from "./json";
import type { Series, Trend } from "./series";
import { PERCENT } from "./unit";
import { inZone } from "./zone";

/** People who began together, and how many of them came back in each period. */
export interface Cohort {
  name: string;
  size: number;
  /** Index 0 is the period they began in; null is a period that is not over yet. */
  counts: (number | null)[];
}

export interface Cohorts {
  periods: string[];
  rows: Cohort[];
  /** Share of each period, 0 to 1, over the cohorts that reached it. */
  mean: (number | null)[];
}

/** When the server computed the cohorts, and in which time zone. */
export interface Computed {
  computed: string;
  timezone: string;
}

/** Contract 13.4. Lists are shorter for later cohorts, or filled up with zeros: both end here. */
export function cohortsOf(result: unknown, weighted: boolean, { computed, timezone }: Computed): Cohorts {
  const given = objects(result);
  const until = Date.parse(computed);
  const starts = given.map(({ date }) => Date.parse(text(date)));
  const rows = given.map((one, index): Cohort => {
    const values = objects(one["values"]).map((value) => number(value["count"]));
    const breakdown = one["breakdown_value"];
    const name = nameOf(one, timezone);
    return {
      name: breakdown == null ? name : `${array([breakdown]).flat().join(", ")} · ${name}`,
      size: values[0] ?? 0,
      counts: unfilled(values, starts, index, until),
    };
  });
  const longest = Math.max(0, ...given.map((one) => array(one["values"]).length));
  const labels = objects(given.find((one) => array(one["values"]).length === longest)?.["values"]);
  return {
    periods: labels.map(({ label }, index) => text(label) || String(index)),
    rows,
    mean: labels.map((_, period) => meanOf(rows, period, weighted)),
  };
}

export function shareOf({ size, counts }: Cohort, period: number): number | null {
  const count = counts[period];
  return count == null || size === 0 ? null : count / size;
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
      const data = periods.map((_, period) => shareOf(row, period));
      const percent = data.map((share) => (share === null ? null : share * 100));
      return { name: dayOf(row.name), color, previous: false, data: percent };
    });
  return { days: periods, series, unit: PERCENT, log: false, goals: [] };
}

/** A zero at the end of a row is a period to come, if it would begin after the computation. */
function unfilled(
  values: (number | null)[],
  starts: number[],
  index: number,
  until: number,
): (number | null)[] {
  const step = (starts[1] ?? NaN) - (starts[0] ?? NaN);
  const start = starts[index] ?? NaN;
  return values.map((value, period) =>
    value === 0 && start + period * step > until ? null : value,
  );
}

function meanOf(rows: Cohort[], period: number, weighted: boolean): number | null {
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
