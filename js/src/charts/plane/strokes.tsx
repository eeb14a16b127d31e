import { areaOf, dotsOf, lineOf } from "./outline";
import { seriesColor } from "../colors/palette";
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
        const { open = upper.length } = series;
        const parts = open < upper.length ? [until(upper, open), since(upper, open)] : [upper];
        return (
          <g key={rank} class="dw-stroke" style={{ "--color": seriesColor(series.color) }}>
            {isTinted(layer, rank) &&
              parts.map((part, at) => (
                <path
                  key={at}
                  class="dw-stroke-area"
                  data-dw-stacked={lower !== null || undefined}
                  data-dw-open={at > 0 || undefined}
                  d={areaOf(part, lower, place)}
                />
              ))}
            {parts.map((part, at) => (
              <path
                key={at}
                data-dw-previous={series.previous || undefined}
                data-dw-open={at > 0 || undefined}
                d={lineOf(part, place)}
              />
            ))}
            {dots && <path class="dw-stroke-dots" d={dots} />}
          </g>
        );
      })}
    </>
  );
}

type Values = Layer["upper"];

/** What is final of a line. */
function until(values: Values, open: number): Values {
  return values.map((value, at) => (at < open ? value : null));
}

/** What is not, from the last point that is. */
function since(values: Values, open: number): Values {
  return values.map((value, at) => (at >= open - 1 ? value : null));
}
