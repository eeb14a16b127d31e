import type { Series } from "./series";

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

/** One column an interval, or several side by side when they are not stacked. */
export function blocksOf(series: readonly Series[], length: number, stacked: boolean): Block[] {
  const sides = stacked ? byPeriod(series) : series.map((one) => [one]);
  const width = FILLED / sides.length;
  return Array.from({ length }, (_, interval) =>
    sides.flatMap((side, rank) => {
      const x = interval + (1 - FILLED) / 2 + rank * width;
      return column(side, interval).map((block) => ({ ...block, x, width }));
    }),
  ).flat();
}

/** Away from zero on both sides: what is negative hangs below. */
function column(series: readonly Series[], interval: number): Omit<Block, "x" | "width">[] {
  let above = 0;
  let below = 0;
  return series.flatMap(({ data, color, previous }) => {
    const value = data[interval];
    if (!value) return [];
    const from = value > 0 ? above : below;
    const to = from + value;
    if (value > 0) above = to;
    else below = to;
    return [{ color, faint: previous, from, to }];
  });
}

/** A layer of a stack of areas; a gap has no height. */
export interface Layer {
  series: Series;
  lower: number[];
  upper: (number | null)[];
}

/** Areas on top of each other. */
export function layersOf(series: readonly Series[]): Layer[] {
  return byPeriod(series).flatMap((side) => {
    let floor: number[] = side[0]?.data.map(() => 0) ?? [];
    return side.map((one) => {
      const lower = floor;
      const upper = one.data.map((value, at) => (value === null ? null : value + (lower[at] ?? 0)));
      floor = upper.map((value, at) => value ?? lower[at] ?? 0);
      return { series: one, lower, upper };
    });
  });
}

/** The period before is another stack, not more of this one. */
function byPeriod(series: readonly Series[]): Series[][] {
  const current = series.filter(({ previous }) => !previous);
  const before = series.filter(({ previous }) => previous);
  return [current, before].filter((side) => side.length > 0);
}
