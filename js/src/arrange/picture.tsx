import { Shape, type Parts } from "../charts";
import { drawingOf, type Drawing } from "../charts/drawing";
import type { Json } from "../charts/json";
import { seriesColor } from "../charts/palette";
import type { Trend } from "../charts/series";
import { Unknown } from "../charts/unknown";

const WIDTH = 300;
const HEIGHT = 100;
const ROWS = 12;

/** A cached result, small: enough to know a tile by, without axes to read. */
export function Picture({ insight }: { insight: Json }) {
  return <Shape drawing={short(drawingOf(insight))} parts={SMALL} />;
}

const SMALL: Parts = {
  Line: Lines,
  // The shapes of all countries are too much for a small picture.
  WorldMap: ({ places }) => <Unknown name="A map" count={places.length} />,
};

function short(drawing: Drawing): Drawing {
  if (drawing.kind !== "table") return drawing;
  return { ...drawing, rows: { ...drawing.rows, rows: drawing.rows.rows.slice(0, ROWS) } };
}

function Lines({ trend, stacked }: { trend: Trend; stacked: boolean }) {
  const values = trend.series.flatMap(({ data }) => data.filter((value) => value !== null));
  if (values.length === 0) return <p class="dw-note">No data in this range.</p>;
  const low = Math.min(0, ...values);
  const span = Math.max(...values) - low || 1;
  const last = Math.max(1, trend.days.length - 1);
  const at = (value: number, index: number) =>
    `${((index / last) * WIDTH).toFixed(1)},${(HEIGHT - ((value - low) / span) * HEIGHT).toFixed(1)}`;
  return (
    <svg class="dw-lines" viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none">
      {[0, 0.5, 1].map((y) => (
        <line key={y} x1="0" x2={WIDTH} y1={y * HEIGHT} y2={y * HEIGHT} stroke="var(--dw-line)" />
      ))}
      {trend.series.map((series) => {
        const stroke = seriesColor(series.color);
        return runs(series.data).map((run, number) => (
          <polyline
            key={`${series.name} ${number}`}
            points={run.map(([index, value]) => at(value, index)).join(" ")}
            fill={stacked ? stroke : "none"}
            fill-opacity="0.12"
            stroke={stroke}
            stroke-width="1.5"
            {...(series.previous ? { "stroke-dasharray": "4 4" } : {})}
          />
        ));
      })}
    </svg>
  );
}

/** Stretches without a gap: where nothing is known, nothing is drawn. */
function runs(data: readonly (number | null)[]): [index: number, value: number][][] {
  const found: [number, number][][] = [[]];
  data.forEach((value, index) => {
    if (value === null) found.push([]);
    else found.at(-1)?.push([index, value]);
  });
  return found.filter((run) => run.length > 0);
}
