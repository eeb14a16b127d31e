import type { Paint } from "../colors/palette";
import type { Series } from "../series/series";

/** A rectangle in the chart's own units: intervals across, values up. */
export interface Block {
  color: Paint;
  faint: boolean;
  open: boolean;
  right: boolean;
  x: number;
  width: number;
  from: number;
  to: number;
}

export const FILLED = 0.76;

/** One column an interval, or several side by side when they are not stacked. */
export function blocksOf(series: readonly Series[], length: number, stacked: boolean): Block[] {
  const sides = stacked ? apart(series) : series.map((one) => [one]);
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
  return series.flatMap(({ data, color, previous, right = false, open = Infinity }) => {
    const value = data[interval];
    if (!value) return [];
    const from = value > 0 ? above : below;
    const to = from + value;
    if (value > 0) above = to;
    else below = to;
    return [{ color, faint: previous, open: interval >= open, right, from, to }];
  });
}

/** A line and what lies below it: a layer of a stack of areas, or alone. A gap has no height. */
export interface Layer {
  series: Series;
  lower: number[] | null;
  upper: (number | null)[];
}

export function alone(series: Series): Layer {
  return { series, lower: null, upper: series.data };
}

/** Areas on top of each other. */
export function layersOf(series: readonly Series[]): Layer[] {
  return apart(series).flatMap((side) => {
    let floor: number[] = side[0]?.data.map(() => 0) ?? [];
    return side.map((one) => {
      const lower = floor;
      const upper = one.data.map((value, at) => (value === null ? null : value + (lower[at] ?? 0)));
      floor = upper.map((value, at) => value ?? lower[at] ?? 0);
      return { series: one, lower, upper };
    });
  });
}

/** Each interval as shares of its stack's sum, in percent. */
export function asShares(series: readonly Series[]): Series[] {
  const sums = new Map(
    apart(series).flatMap((stack) => {
      const sum = stack[0]?.data.map((_, at) => sumOf(stack.map(({ data }) => data[at])));
      return stack.map((one) => [one, sum] as const);
    }),
  );
  return series.map((one) => ({
    ...one,
    data: one.data.map((value, at) => {
      const sum = sums.get(one)?.[at] ?? 0;
      return value === null || sum === 0 ? null : (100 * value) / sum;
    }),
  }));
}

function sumOf(values: readonly (number | null | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0);
}

/** The period before is another stack, not more of this one; so is what another axis measures. */
export function apart(series: readonly Series[]): Series[][] {
  const stacks = [false, true].flatMap((isRight) => {
    const side = series.filter(({ right = false }) => right === isRight);
    return [side.filter(({ previous }) => !previous), side.filter(({ previous }) => previous)];
  });
  return stacks.filter((stack) => stack.length > 0);
}
