import { number, object, objects, text, type Json } from "../json";
import { rankOf, type Paint } from "../colors/palette";
import type { Rows } from "./rows";
import type { Axis, Goal, Series, Trend } from "../series/series";
import { asShares } from "../plane/stack";
import { colorOf } from "../colors/theme_colors";
import { PERCENT, type Unit } from "../numbers/unit";
import { stringify } from "../numbers/whole";

type Shape = "line" | "area" | "bar";

/** A column of numbers, and how it is to be drawn. */
interface Measure {
  index: number;
  name: string;
  color: Paint | null;
  shape: Shape;
  right: boolean;
  unit: Unit;
}

/** Which columns of a table are drawn, as `chartSettings` says, else by their types. */
interface Axes {
  x: number;
  y: Measure[];
  by: number | null;
}

/** Rows as series over the values of a column (contract 13.8); null when there is no number. */
export function trendOfRows(rows: Rows, display: string, settings: Json) {
  const usual = /Line/.test(display) ? "line" : /Area/.test(display) ? "area" : "bar";
  const axes = axesOf(rows, settings, usual);
  if (!axes) return null;
  const isColumns = axes.y.some(({ shape }) => shape === "bar");
  const given = seriesOf(rows, axes, isColumns ? "bar" : usual);
  const isFilled = display === "ActionsStackedBar" && settings["stackBars100"] === true;
  const axisOn = (isRight: boolean): Axis | null => {
    const side = axes.y.filter(({ right }) => right === isRight);
    if (!side[0]) return null;
    const isShares = isFilled && side.some(({ shape }) => shape === "bar");
    const { scale } = object(settings[isRight ? "rightYAxisSettings" : "leftYAxisSettings"]);
    return { unit: isShares ? PERCENT : side[0].unit, log: scale === "logarithmic" };
  };
  const [first, second] = [axisOn(false), axisOn(true)].filter((one) => one !== null);
  if (!first) return null;
  const trend: Trend = {
    days: given.days,
    series: isFilled ? filled(given.series) : given.series,
    ...first,
    // A goal is a number: it has no place among shares.
    goals: first.unit === PERCENT ? [] : goalsOf(settings["goalLines"]),
    ...(second && { right: second }),
  };
  return { trend, isColumns };
}

function seriesOf({ rows }: Rows, { x, y, by }: Axes, usual: Shape) {
  const days = [...new Set(rows.map((row) => label(row[x])))];
  const places = new Map(days.map((day, index) => [day, index]));
  const series = new Map<string, Series>();
  const isSplit = y.some(({ right }) => !right);
  for (const row of rows) {
    for (const { index, name, color, shape, right, unit } of y) {
      const split = by === null ? name : label(row[by]);
      const key = by !== null && y.length > 1 ? `${split} · ${name}` : split;
      let one = series.get(key);
      if (!one) {
        const data = new Array<number | null>(days.length).fill(null);
        one = { name: key, color: color ?? series.size, previous: false, data, unit };
        if (right && isSplit) one.right = true;
        if (shape !== usual && shape !== "bar") one.shape = shape;
        series.set(key, one);
      }
      const place = places.get(label(row[x])) ?? 0;
      const value = numeric(row[index]);
      // Rows that share a place add up, as bars on one spot would.
      if (value !== null) one.data[place] = (one.data[place] ?? 0) + value;
    }
  }
  return { days, series: [...series.values()] };
}

/** Columns as shares of their stack; lines over them stay as they are. */
function filled(series: readonly Series[]): Series[] {
  const bars = asShares(series.filter(({ shape }) => !shape));
  return [
    ...bars.map((one) => ({ ...one, unit: PERCENT })),
    ...series.filter(({ shape }) => shape),
  ];
}

/** How a column's numbers are written. */
export function unitOfColumn(axis: Json | undefined): Unit {
  const format = object(object(axis?.["settings"])["formatting"]);
  return {
    style: format["style"] === "percent" ? "share" : "plain",
    prefix: text(format["prefix"]),
    suffix: text(format["suffix"]),
    decimals: number(format["decimalPlaces"]),
  };
}

/** Lines to reach: a number and its name. */
export function goalsOf(given: unknown): Goal[] {
  return objects(given).flatMap((one) => {
    const value = number(one["value"]);
    return value === null ? [] : [{ name: text(one["label"]) || "Goal", value }];
  });
}

/** ClickHouse sends large and decimal numbers as text. */
export function numeric(value: unknown): number | null {
  return typeof value === "string" && value.trim() !== "" ? number(Number(value)) : number(value);
}

function axesOf({ columns }: Rows, settings: Json, usual: Shape): Axes | null {
  const find = (name: unknown) => columns.findIndex((column) => column.name === name);
  const chosenX = find(object(settings["xAxis"])["column"]);
  const isFree = columns.findIndex(({ numeric }) => !numeric);
  const x = chosenX >= 0 ? chosenX : Math.max(0, isFree);
  const by = find(settings["seriesBreakdownColumn"]);
  const chosen = objects(settings["yAxis"]).map((given): Measure => {
    const shown = object(object(given["settings"])["display"]);
    const own = text(shown["displayType"]);
    return {
      index: find(given["column"]),
      name: text(shown["label"]) || text(given["column"]),
      color: rankOf(text(shown["color"])) ?? colorOf(shown["color"]),
      shape: own === "line" || own === "bar" || own === "area" ? own : usual,
      right: shown["yAxisPosition"] === "right",
      unit: unitOfColumn(given),
    };
  });
  const all = columns.flatMap(({ name, numeric }, index): Measure[] => {
    if (!numeric || index === x || index === by) return [];
    return [{ index, name, color: null, shape: usual, right: false, unit: unitOfColumn({}) }];
  });
  const known = chosen.filter(({ index }) => index >= 0);
  const y = known.length > 0 ? known : all;
  return y.length > 0 ? { x, y, by: by >= 0 ? by : null } : null;
}

/** A cell as the name of a place. */
export function label(value: unknown): string {
  if (value === null || value === undefined) return "None";
  return typeof value === "object" ? stringify(value) : String(value);
}
