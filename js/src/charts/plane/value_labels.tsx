import { useMemo } from "preact/hooks";
import type { Axes } from "./axes";
import { percent } from "../numbers/format";
import { along } from "./outline";
import { apart, FILLED } from "./stack";
import { seriesColor } from "../colors/palette";
import type { Series, Trend } from "../series/series";
import { ticked } from "../numbers/unit";

/** A value written where it is; left and bottom from 0 to 1. */
interface ValueLabel {
  text: string;
  series: Series;
  left: number;
  bottom: number;
}

const LETTER = 6;
const LINE = 15;

/** Every value in its place, in the order in which they are worth their room. */
function valueLabels(trend: Trend, series: readonly Series[], { of }: Pick<Axes, "of">): ValueLabel[] {
  const { days, unit, extras = {} } = trend;
  const stacks = extras.isStacked ? apart(series) : series.map((one) => [one]);
  const width = FILLED / stacks.length;
  return stacks.flatMap((stack, side) =>
    days.flatMap((_, index) => {
      let [above, below] = [0, 0];
      const all = stack.reduce((sum, { data }) => sum + Math.abs(data[index] ?? 0), 0);
      const left = extras.isColumns
        ? (index + (1 - FILLED) / 2 + (side + 0.5) * width) / days.length
        : along(index, days.length);
      return stack.flatMap((one): ValueLabel[] => {
        const value = one.data[index];
        if (!value) return []; // PostHog writes no zeros
        const top = (value > 0 ? above : below) + value;
        if (value > 0) above = top;
        else below = top;
        const share = extras.values === "share" && all > 0 ? ` (${percent(Math.abs(value) / all)})` : "";
        const written = ticked(value, one.unit ?? unit) + share;
        return [{ text: written, series: one, left, bottom: of(one).place(top) }];
      });
    }),
  );
}

/** Those that fit beside each other in so many pixels. */
function apartFrom(all: readonly ValueLabel[], width: number, height: number): ValueLabel[] {
  const taken: { x: number; y: number; wide: number }[] = [];
  return all.filter(({ text, left, bottom }) => {
    const wide = text.length * LETTER + 8;
    const [x, y] = [left * width, bottom * height];
    const isFree = taken.every(
      (one) => Math.abs(one.x - x) > (one.wide + wide) / 2 || Math.abs(one.y - y) > LINE,
    );
    if (isFree) taken.push({ x, y, wide });
    return isFree;
  });
}

interface ValueLabelsProps {
  trend: Trend;
  series: readonly Series[];
  axes: Axes;
  width: number;
  height: number;
}

/** Values on their series; a table for screen readers has all of them. */
export function ValueLabels({ trend, series, axes, width, height }: ValueLabelsProps) {
  const labels = useMemo(
    () => apartFrom(valueLabels(trend, series, axes), width, height),
    [trend, series, axes, width, height],
  );
  return (
    <div class="dw-plane-values" aria-hidden="true">
      {labels.map(({ text, series: { color }, left, bottom }, index) => (
        <span
          key={index}
          data-dw-edge={left < 0.03 ? "start" : left > 0.97 ? "end" : undefined}
          style={{ left: `${left * 100}%`, bottom: `${bottom * 100}%`, "--color": seriesColor(color) }}
        >
          {text}
        </span>
      ))}
    </div>
  );
}
