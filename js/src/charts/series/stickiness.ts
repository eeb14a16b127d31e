import type { Colors } from "../colors/colors";
import type { Drawing } from "../drawing";
import { number, objects, type Json } from "../json";
import { trendOf } from "./series";

/** How many people on how many days; beside it their share of all. */
export function ofStickiness(
  result: unknown,
  filter: Json,
  colors: Colors,
  kind: "line" | "columns",
): Drawing {
  const trend = trendOf(result, {}, colors);
  const wholes = objects(result).map((one) => number(one["count"]) ?? 0);
  // "k or more" counts people several times: their sum is no whole.
  const isCumulative = filter["computedAs"] === "cumulative";
  const series = trend.series.map((one, index) => {
    const whole = isCumulative ? (one.data[0] ?? 0) : (wholes[index] ?? 0);
    return whole > 0 ? { ...one, whole } : one;
  });
  return { kind, trend: { ...trend, series }, stacked: false };
}
