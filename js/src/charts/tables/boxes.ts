import type { Drawing } from "../drawing";
import { object, text, type Json } from "../json";
import { PLAIN } from "../numbers/unit";
import { plural } from "../numbers/format";
import { boxesOf } from "../series/boxes";
import type { Rows } from "./rows";
import { label, numeric } from "./sql";

/** A number of a box, and the setting that names its column. */
const COLUMNS = [
  ["min", "minColumn"],
  ["p25", "p25Column"],
  ["median", "medianColumn"],
  ["mean", "meanColumn"],
  ["p75", "p75Column"],
  ["max", "maxColumn"],
] as const;

/** Rows as boxes, one a row, as `chartSettings.boxPlot` names its columns.
 *
 * Null where a column is missing, or two rows would share a place. */
export function boxesOfRows({ columns, rows }: Rows, chart: Json): Drawing | null {
  const settings = object(chart["boxPlot"]);
  const at = (setting: string) =>
    columns.findIndex(({ name }) => name === text(settings[setting]));
  const places = COLUMNS.map(([, setting]) => at(setting));
  const [x, by] = [at("xAxisColumn"), at("seriesColumn")];
  if (places.includes(-1) || (x < 0 && by < 0 && rows.length > 1)) return null;
  const names = [...new Set(rows.map((row) => (by < 0 ? "" : label(row[by]))))];
  const given = rows.map((row) => {
    const name = by < 0 ? "" : label(row[by]);
    const numbers = COLUMNS.map(([one], index) => [one, numeric(row[places[index] ?? -1])]);
    const day = x < 0 ? "" : label(row[x]);
    const series = { series_index: names.indexOf(name), series_label: name || "Distribution" };
    return { day, ...series, ...(Object.fromEntries(numbers) as Json) };
  });
  if (new Set(given.map((one) => `${one.series_index} ${one.day}`)).size < given.length) return null;
  const whole = given.filter(isBox);
  const left = given.length - whole.length;
  return {
    kind: "boxes",
    boxes: boxesOf(whole, {}),
    unit: PLAIN,
    log: object(chart["leftYAxisSettings"])["scale"] === "logarithmic",
    ...(left > 0 && { note: `${plural(left, "row")} left out: no order from the least to the most.` }),
  };
}

function isBox(row: Json): boolean {
  const [min, p25, median, mean, p75, max] = COLUMNS.map(([name]) => numeric(row[name]) ?? NaN);
  const isIn = (low = NaN, value = NaN, high = NaN) => low <= value && value <= high;
  return isIn(min, p25, median) && isIn(median, p75, max) && isIn(min, mean, max);
}
