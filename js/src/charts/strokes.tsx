import { areaOf, dotsOf, lineOf } from "./outline";
import { seriesColor } from "./palette";
import type { Scale } from "./scale";
import type { Layer } from "./stack";

interface StrokesProps {
  layers: readonly Layer[];
  scaleOf: (layer: Layer["series"]) => Scale;
  /** Whether the ground under a line is tinted. */
  isTinted: (layer: Layer, rank: number) => boolean;
}

/** Lines, and areas under them. */
export function Strokes({ layers, scaleOf, isTinted }: StrokesProps) {
  return (
    <>
      {layers.map((layer, rank) => {
        const { series, lower, upper } = layer;
        const { place } = scaleOf(series);
        const dots = dotsOf(upper, place);
        return (
          <g key={rank} class="dw-stroke" style={{ "--color": seriesColor(series.color) }}>
            {isTinted(layer, rank) && (
              <path
                class="dw-stroke-area"
                data-dw-stacked={lower !== null || undefined}
                d={areaOf(upper, lower, place)}
              />
            )}
            <path data-dw-previous={series.previous || undefined} d={lineOf(upper, place)} />
            {dots && <path class="dw-stroke-dots" d={dots} />}
          </g>
        );
      })}
    </>
  );
}
