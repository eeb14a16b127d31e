import { number, object, objects, text, type Json } from "./json";
import { rankOf } from "./palette";
import type { Rows } from "./rows";
import type { Goal, Series, Trend } from "./series";
import type { Unit } from "./unit";

/** Which columns of a table are drawn, as `chartSettings` says, else by their types. */
interface Axes {
  x: number;
  y: { index: number; name: string; color: number | null }[];
  by: number | null;
}

/** Rows as series over the values of a column (contract 13.8); null when there is no number. */
export function trendOfRows(rows: Rows, settings: Json): Trend | null {
  const axes = axesOf(rows, settings);
  if (!axes) return null;
  const days = [...new Set(rows.rows.map((row) => label(row[axes.x])))];
  const places = new Map(days.map((day, index) => [day, index]));
  const series = new Map<string, Series>();
  for (const row of rows.rows) {
    for (const { index, name, color } of axes.y) {
      const split = axes.by === null ? name : label(row[axes.by]);
      const key = axes.by !== null && axes.y.length > 1 ? `${split} · ${name}` : split;
      let one = series.get(key);
      if (!one) {
        const data = new Array<number | null>(days.length).fill(null);
        one = { name: key, color: color ?? series.size, previous: false, data };
        series.set(key, one);
      }
      const place = places.get(label(row[axes.x])) ?? 0;
      const value = numeric(row[index]);
      // Rows that share a place add up, as bars on one spot would.
      if (value !== null) one.data[place] = (one.data[place] ?? 0) + value;
    }
  }
  const axis = object(settings["leftYAxisSettings"]);
  return {
    days,
    series: [...series.values()],
    unit: unitOfColumn(objects(settings["yAxis"])[0]),
    log: text(axis["scale"]) === "logarithmic",
    goals: goalsOf(settings["goalLines"]),
  };
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

function axesOf({ columns }: Rows, settings: Json): Axes | null {
  const find = (name: unknown) => columns.findIndex((column) => column.name === name);
  const chosenX = find(object(settings["xAxis"])["column"]);
  const isFree = columns.findIndex(({ numeric }) => !numeric);
  const x = chosenX >= 0 ? chosenX : Math.max(0, isFree);
  const by = find(settings["seriesBreakdownColumn"]);
  const chosen = objects(settings["yAxis"]).map((axis) => {
    const shown = object(object(axis["settings"])["display"]);
    const name = text(shown["label"]) || text(axis["column"]);
    return { index: find(axis["column"]), name, color: rankOf(text(shown["color"])) };
  });
  const all = columns.flatMap(({ name, numeric }, index) =>
    numeric && index !== x && index !== by ? [{ index, name, color: null }] : [],
  );
  const known = chosen.filter(({ index }) => index >= 0);
  const y = known.length > 0 ? known : all;
  return y.length > 0 ? { x, y, by: by >= 0 ? by : null } : null;
}

function label(value: unknown): string {
  if (value === null || value === undefined) return "None";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
