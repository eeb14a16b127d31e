import { object, objects, text, type Json } from "../../json";

/** A column of numbers that a table's chart draws, and what is set for it. */
interface Measure {
  formatting: Json;
  display: Json;
  /** Whether a series is of this column: broken down, a column is several. */
  has(series: string): boolean;
}

export function measuresOf(chart: Json): Measure[] {
  const axes = objects(chart["yAxis"]);
  return axes.map((axis) => {
    const settings = object(axis["settings"]);
    const display = object(settings["display"]);
    const name = text(display["label"]) || text(axis["column"]);
    return {
      formatting: object(settings["formatting"]),
      display,
      has: (series) => axes.length === 1 || series === name || series.endsWith(` \u00b7 ${name}`),
    };
  });
}
