import type { Drawing } from "../../drawing";
import { object, text } from "../../json";
import { rankOf } from "../../colors/palette";
import { colorOf } from "../../colors/theme_colors";
import type { InsightParts } from "../insight_parts";
import { overTime } from "../trends/trends";

/** Empty cells of a table as zeros. */
export function withNulls(drawing: Drawing, { chart }: InsightParts): Drawing {
  if (chart["showNullsAsZero"] !== true) return drawing;
  return overTime(drawing, (trend) => ({
    ...trend,
    series: trend.series.map((one) => ({ ...one, data: one.data.map((value) => value ?? 0) })),
  }));
}

/** What a person chose for the values of a table's breakdown. */
export function withCustomizations(drawing: Drawing, { chart }: InsightParts): Drawing {
  const chosen = object(chart["resultCustomizations"]);
  return overTime(drawing, (trend) => ({
    ...trend,
    series: trend.series.map((one) => {
      const { color, hidden } = object(chosen[one.name]);
      const paint = rankOf(text(color)) ?? colorOf(color);
      return {
        ...one,
        ...(paint !== null && { color: paint }),
        ...(hidden === true && { hidden: true as const }),
      };
    }),
  }));
}
