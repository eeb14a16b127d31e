import { number, object, objects, text, type Json } from "../json";

/** Where the values of one interval lie. */
export interface Box {
  min: number;
  p25: number;
  median: number;
  p75: number;
  max: number;
  /** Null: unknown. */
  mean: number | null;
  /** How far the whiskers go, where not to the least and the most. */
  whiskers?: [low: number, high: number];
}

/** Boxes over one axis; null is an interval without values. */
export interface Boxes {
  days: string[];
  series: { name: string; boxes: (Box | null)[] }[];
}

/** Rows of a box plot, one a series and interval, as series. */
export function boxesOf(rows: unknown, source: Json): Boxes {
  const given = objects(rows);
  const days = [...new Set(given.map(({ day }) => text(day)))];
  const places = new Map(days.map((day, index) => [day, index]));
  const series = new Map<number, Boxes["series"][number]>();
  for (const row of given) {
    const order = number(row["series_index"]) ?? 0;
    let one = series.get(order);
    if (!one) {
      const boxes = new Array<Box | null>(days.length).fill(null);
      one = { name: text(row["series_label"]) || nameOf(source, order), boxes };
      series.set(order, one);
    }
    one.boxes[places.get(text(row["day"])) ?? 0] = boxOf(row);
  }
  return { days, series: [...series.values()] };
}

function boxOf(row: Json): Box | null {
  const [min, p25, median, p75, max, mean] = ["min", "p25", "median", "p75", "max", "mean"].map(
    (name) => number(row[name]),
  );
  if (min == null || p25 == null || median == null || p75 == null || max == null) return null;
  return { min, p25, median, p75, max, mean: mean ?? null };
}

function nameOf(source: Json, order: number): string {
  const series = object(objects(source["series"])[order]);
  return text(series["custom_name"]) || text(series["name"]) || `Series ${order + 1}`;
}
