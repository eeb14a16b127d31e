import { middles } from "./columns";
import { areaOf, lineOf } from "./outline";
import { seriesColor } from "../colors/palette";
import type { Axes } from "./axes";
import type { Overlay } from "../settings/trends/overlays";

interface OverlaysProps {
  overlays: readonly Overlay[];
  axes: Axes;
  /** Columns have the middle of their interval, lines go from edge to edge. */
  fills: boolean;
  length: number;
}

/** Trend lines, moving averages and bands, over what they are computed from. */
export function Overlays({ overlays, axes, fills, length }: OverlaysProps) {
  if (overlays.length === 0) return null;
  return (
    <g transform={fills ? middles(length) : undefined}>
      {overlays.map(({ of, name, look, data, lower }) => {
        const { place } = axes.of(of);
        return (
          <g key={name} class="dw-stroke" style={{ "--color": seriesColor(of.color) }}>
            {lower ? (
              <path class="dw-stroke-area" d={areaOf(data, lower, place)} />
            ) : (
              <path class={`dw-stroke-${look}`} d={lineOf(data, place)} />
            )}
          </g>
        );
      })}
    </g>
  );
}
