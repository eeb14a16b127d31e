import { useMemo } from "preact/hooks";
import type { WithPlane } from "../parts";
import { extentsOf, type Trend } from "../series/series";
import { alone, layersOf, type Layer } from "./stack";
import { Strokes } from "./strokes";
import { useShown } from "../interaction/toggles";

export interface LinesProps extends WithPlane {
  trend: Trend;
  stacked: boolean;
}

/** Lines over time, or areas on top of each other. */
export function Line({ trend, stacked, Plane }: LinesProps) {
  const series = useShown(trend.series);
  const layers = useMemo(() => {
    const inStack = series.filter(({ shape }) => stacked && !shape);
    const others = series.filter(({ shape }) => !stacked || shape);
    return [...layersOf(inStack), ...others.map(alone)];
  }, [series, stacked]);
  const extents = useMemo(() => extentsOf(layers.map(sided)), [layers]);
  const names = series.map(({ name }) => name).join(", ");
  const label = `Lines over ${trend.days.length} intervals: ${names}`;
  const isTinted = ({ series: { previous, shape }, lower }: Layer, rank: number) =>
    lower ? !previous : shape === "area" || (rank === 0 && !trend.log); // a logarithm has no floor
  return (
    <Plane trend={trend} series={series} extents={extents} fills={false} label={label}>
      {(scaleOf) => <Strokes layers={layers} scaleOf={scaleOf} isTinted={isTinted} />}
    </Plane>
  );
}

/** The values it reaches, on its axis. */
export function sided({ series, upper }: Layer) {
  return { right: series.right, data: upper };
}
