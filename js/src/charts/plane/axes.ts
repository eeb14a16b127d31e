import type { Paint } from "../colors/palette";
import { scaleOf, type Scale } from "./scale";
import { extentOf, type Series, type Trend } from "../series/series";
import { reach, type Overlay } from "../settings/trends/overlays";
import type { Unit } from "../numbers/unit";

/** An axis with its marks, on one side of a chart. */
export interface DrawnAxis {
  scale: Scale;
  unit: Unit;
  isRight: boolean;
  /** Of the only series that it measures. */
  color?: Paint | undefined;
}

export interface Axes {
  first: Scale;
  drawn: DrawnAxis[];
  of: (side: { right?: boolean }) => Scale;
}

/** More axes than these leave no room for what they measure. */
export const MOST_AXES = 4;

/** One axis, or two, or one a series: left and right in turn. */
export function axesOf(
  trend: Trend,
  series: readonly Series[],
  extents: readonly [number, number][],
  overlays: readonly Overlay[],
  rows: number,
): Axes {
  const { unit, goals, log, right, extras } = trend;
  if (extras?.hasAxes && series.length > 1) return apart(trend, series, overlays, rows);
  const scaled = (isRight: boolean, reached: readonly number[], isLog: boolean) => {
    const around = reach(overlays.filter(({ of }) => (of.right ?? false) === isRight));
    const [low, high] = extents[isRight ? 1 : 0] ?? [0, 0];
    const all = [low, high, ...reached, ...(overlays.length > 0 ? around : [])];
    return scaleOf(Math.min(...all), Math.max(...all), rows, isLog);
  };
  const first = scaled(false, goals.map(({ value }) => value), log);
  const second = right && scaled(true, [], right.log);
  return {
    first,
    drawn: [
      { scale: first, unit, isRight: false },
      ...(second ? [{ scale: second, unit: right.unit, isRight: true }] : []),
    ],
    of: (side) => (side.right && second) || first,
  };
}

function apart(
  { unit, goals, log }: Trend,
  series: readonly Series[],
  overlays: readonly Overlay[],
  rows: number,
): Axes {
  const drawn = series.map((one, rank): DrawnAxis => {
    const own = overlays.filter(({ of }) => of === one);
    const lists = [one.data, ...own.flatMap(({ data, lower = [] }) => [data, lower])];
    const reached = rank === 0 ? goals.map(({ value }) => value) : [];
    const [low, high] = extentOf([...lists, reached]);
    const scale = scaleOf(low, high, rows, log);
    return { scale, unit: one.unit ?? unit, isRight: rank % 2 > 0, color: one.color };
  });
  const scales = new Map<object, Scale>(series.map((one, rank) => [one, drawn[rank]!.scale]));
  const first = drawn[0]!.scale;
  return { first, drawn: drawn.slice(0, MOST_AXES), of: (one) => scales.get(one) ?? first };
}
