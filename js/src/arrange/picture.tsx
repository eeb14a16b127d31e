import { Bars } from "../charts/bars";
import { Columns } from "../charts/columns";
import { drawingOf } from "../charts/drawing";
import { Funnel } from "../charts/funnel";
import { HeatMap } from "../charts/heatmap";
import type { Json } from "../charts/json";
import { BoldNumber } from "../charts/number";
import { seriesColor } from "../charts/palette";
import { Paths } from "../charts/paths";
import { Pie } from "../charts/pie";
import { Retention } from "../charts/retention";
import type { Trend } from "../charts/series";
import { Table } from "../charts/table";
import { Unknown } from "../charts/unknown";

const WIDTH = 300;
const HEIGHT = 100;

/** A cached result, small: enough to know a tile by, without axes to read. */
export function Picture({ insight, colors }: { insight: Json; colors: unknown }) {
  const drawing = drawingOf(insight, colors);
  switch (drawing.kind) {
    case "line":
      return <Lines trend={drawing.trend} filled={drawing.stacked} />;
    case "columns":
      return <Columns trend={drawing.trend} stacked={drawing.stacked} />;
    case "bars":
      return <Bars values={drawing.values} unit={drawing.unit} />;
    case "number":
      return <BoldNumber figure={drawing.figure} unit={drawing.unit} />;
    case "funnel":
      return <Funnel funnels={drawing.funnels} />;
    case "table":
      return <Table rows={{ ...drawing.rows, rows: drawing.rows.rows.slice(0, 12) }} />;
    case "pie":
      return <Pie values={drawing.values} unit={drawing.unit} />;
    case "retention":
      return (
        <Retention
          cohorts={drawing.cohorts}
          graph={drawing.graph}
          hasMatrix={drawing.hasMatrix}
        />
      );
    case "heat":
      return <HeatMap heat={drawing.heat} unit={drawing.unit} />;
    case "paths":
      return <Paths links={drawing.links} />;
    case "map": // the shapes of all countries are too much for a small picture
      return <Unknown name="A map" count={drawing.places.length} />;
    case "unknown":
      return <Unknown name={drawing.name} count={drawing.count} />;
  }
}

function Lines({ trend, filled }: { trend: Trend; filled: boolean }) {
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
            fill={filled ? stroke : "none"}
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
