import { useMemo } from "preact/hooks";
import type { Box, Boxes } from "./boxes";
import { plural } from "../numbers/format";
import { rectangle, SIDE } from "../plane/outline";
import { seriesColor } from "../colors/palette";
import type { WithPlane } from "../parts";
import { extentOf, type Axis, type Series, type Trend } from "./series";
import type { Extras } from "../settings/trends/extras";
import { useShown } from "../interaction/toggles";

interface BoxPlotProps extends WithPlane {
  boxes: Boxes;
  axis: Axis & { extras?: Extras | undefined };
}

const FILLED = 0.7;
const PARTS = ["max", "p75", "mean", "median", "p25", "min"] as const;

/** A box over the middle half of the values of each interval, whiskers to the rest. */
export function BoxPlot({ boxes: { days, series: given }, axis, Plane }: BoxPlotProps) {
  const all = useMemo(() => given.map((one, color) => ({ ...one, color })), [given]);
  const series = useShown(all);
  const { unit, log, extras = {} } = axis;
  const trend: Trend = { days, series: [], unit, log, goals: [], extras };
  const numbers = useMemo(() => series.flatMap(numbersOf), [series]);
  const extents = useMemo(() => [extentOf(series.flatMap(({ boxes }) => boxes.map(reach)))], [series]);
  const label = `Box plot over ${plural(days.length, "interval")}: ${series.map(({ name }) => name).join(", ")}`;
  const width = FILLED / Math.max(1, series.length);
  return (
    <Plane trend={trend} series={numbers} extents={extents} fills label={label}>
      {(scaleOf) => {
        const { place } = scaleOf({});
        const up = (value: number) => (1 - place(value)) * SIDE;
        return series.map(({ name, color, boxes }, rank) => {
          let [filled, lines, dots] = ["", "", ""];
          boxes.forEach((box, index) => {
            if (!box) return;
            const [low = box.min, high = box.max] = box.whiskers ?? [];
            const left = (index + (1 - FILLED) / 2 + rank * width) / days.length;
            const wide = (width * 0.9) / days.length;
            const [start, middle, end] = [left, left + wide / 2, left + wide].map((x) => x * SIDE);
            const cap = (wide * SIDE) / 4;
            filled += rectangle(left, wide, place(box.p25), place(box.p75));
            lines += `M${start},${up(box.median)}H${end}`;
            lines += `M${middle},${up(box.p75)}V${up(high)}M${middle},${up(box.p25)}V${up(low)}`;
            for (const tip of [high, low])
              lines += `M${(middle ?? 0) - cap},${up(tip)}h${2 * cap}`;
            if (box.mean !== null) dots += `M${middle},${up(box.mean)}h0`;
          });
          return (
            <g key={name} class="dw-stroke" style={{ "--color": seriesColor(color) }}>
              <path class="dw-box" d={filled} />
              <path d={lines} />
              <path class="dw-stroke-dots" d={dots} />
            </g>
          );
        });
      }}
    </Plane>
  );
}

/** What there is to draw of a box; the mean may lie beyond the whiskers. */
function reach(box: Box | null): number[] {
  return box ? [...(box.whiskers ?? [box.min, box.max]), box.mean ?? box.median] : [];
}

/** Each number of a box as a series, for the tip and the table. */
export function numbersOf({ name, color, boxes }: Boxes["series"][number] & { color: number }): Series[] {
  return PARTS.map((part) => ({
    name: `${name} · ${part}`,
    color,
    previous: false,
    data: boxes.map((box) => box?.[part] ?? null),
  }));
}
