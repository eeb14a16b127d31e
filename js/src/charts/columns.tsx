import { useMemo } from "preact/hooks";
import { SIDE } from "./outline";
import { seriesColor } from "./palette";
import { Plane } from "./plane";
import { extentOf, type Trend } from "./series";
import { blocksOf } from "./stack";
import { useShown } from "./toggles";

/** Columns over time. */
export function Columns({ trend, stacked }: { trend: Trend; stacked: boolean }) {
  const series = useShown(trend.series);
  const { length } = trend.days;
  const blocks = useMemo(() => blocksOf(series, length, stacked), [series, length, stacked]);
  const extent = useMemo(() => extentOf([blocks.map(({ to }) => to)]), [blocks]);
  const label = `Columns over ${length} intervals: ${series.map(({ name }) => name).join(", ")}`;
  const across = SIDE / length;
  return (
    <Plane trend={trend} series={series} extent={extent} fills label={label}>
      {({ place }) =>
        blocks.map(({ color, faint, x, width, from, to }, index) => {
          const top = place(Math.max(from, to));
          return (
            <rect
              key={index}
              x={x * across}
              width={width * across}
              y={(1 - top) * SIDE}
              height={(top - place(Math.min(from, to))) * SIDE}
              fill={seriesColor(color)}
              opacity={faint ? 0.45 : 1}
            />
          );
        })
      }
    </Plane>
  );
}
