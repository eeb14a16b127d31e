import type { Trend } from "./series";

/** A rectangle in the chart's own units: intervals across, values up. */
export interface Block {
  color: number;
  faint: boolean;
  x: number;
  width: number;
  from: number;
  to: number;
}

const FILLED = 0.76;

/** One column an interval: stacked away from zero, negative values downwards, or side by side. */
export function blocksOf(trend: Trend, stacked: boolean): Block[] {
  const width = stacked ? FILLED : FILLED / trend.series.length;
  return trend.days.flatMap((_, interval) => {
    let above = 0;
    let below = 0;
    const start = interval + (1 - FILLED) / 2;
    return trend.series.flatMap(({ data, color, previous }, rank): Block[] => {
      const value = data[interval];
      if (!value) return [];
      const from = stacked ? (value > 0 ? above : below) : 0;
      const to = from + value;
      if (value > 0) above = to;
      else below = to;
      const x = stacked ? start : start + rank * width;
      return [{ color, faint: previous, x, width, from, to }];
    });
  });
}
