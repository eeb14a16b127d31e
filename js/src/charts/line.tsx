import { useMemo } from "preact/hooks";
import { areaOf, dotsOf, lineOf } from "./outline";
import { Plane } from "./plane";
import { seriesColor } from "./palette";
import type { Scale } from "./scale";
import { extentOf, type Series, type Trend } from "./series";
import { layersOf, type Layer } from "./stack";
import { useShown } from "./toggles";

/** Lines over time, or areas on top of each other. */
export function Line({ trend, stacked }: { trend: Trend; stacked: boolean }) {
  const series = useShown(trend.series);
  const layers = useMemo(() => (stacked ? layersOf(series) : series.map(alone)), [series, stacked]);
  const extent = useMemo(() => extentOf(layers.map(({ upper }) => upper)), [layers]);
  return (
    <Plane trend={trend} series={series} extent={extent} fills={false} label={summary(trend)}>
      {(scale) => layers.map((layer, rank) => shape(layer, rank, scale, stacked, trend.log))}
    </Plane>
  );
}

function alone(series: Series): Layer {
  return { series, lower: [], upper: series.data };
}

function shape(
  { series, lower, upper }: Layer,
  rank: number,
  { place }: Scale,
  stacked: boolean,
  log: boolean,
) {
  const { color, previous } = series;
  const isFilled = stacked ? !previous : rank === 0 && !log; // a logarithm has no floor
  const dots = dotsOf(upper, place);
  return (
    <g key={rank} class="dw-stroke" style={{ "--color": seriesColor(color) }}>
      {isFilled && (
        <path
          class="dw-stroke-area"
          data-dw-stacked={stacked || undefined}
          d={areaOf(upper, stacked ? lower : null, place)}
        />
      )}
      <path data-dw-previous={previous || undefined} d={lineOf(upper, place)} />
      {dots && <path class="dw-stroke-dots" d={dots} />}
    </g>
  );
}

function summary({ days, series }: Trend): string {
  return `Lines over ${days.length} intervals: ${series.map(({ name }) => name).join(", ")}`;
}
