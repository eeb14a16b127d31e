import { Bars } from "../../charts/totals/bars";
import { drawingOf, type Drawing } from "../../charts/drawing";
import { plural } from "../../charts/numbers/format";
import type { Json } from "../../charts/json";
import { Funnel } from "../../charts/flows/funnel";
import { hiddenOf } from "../../charts/interaction/legend";
import { Line } from "../../charts/plane/line";
import { BoldNumber } from "../../charts/totals/number";
import { SIDE } from "../../charts/plane/outline";
import type { Parts } from "../../charts/parts";
import type { PlaneProps } from "../../charts/plane/plane";
import { scaleOf } from "../../charts/plane/scale";
import { partsOf } from "../../charts/settings/insight_parts";
import { withHidden } from "../../charts/settings/hidden";
import { Shape } from "../../charts/shape";
import { Toggles } from "../../charts/interaction/toggles";

const ROWS = 12;
const MARKS = 2;

/** A cached result, small: enough to know a tile by, without axes to read. */
export function Picture({ insight, colors }: { insight: Json; colors: unknown }) {
  const drawing = short(withHidden(drawingOf(insight, colors), partsOf(insight)));
  return (
    <Toggles hidden={hiddenOf(drawing)}>
      <Shape drawing={drawing} parts={SMALL} />
    </Toggles>
  );
}

const SMALL: Parts = {
  Plane: BarePlane,
  Bars,
  // What has many marks can't be read in a small picture: it is named instead.
  Paths: ({ links }) => <p class="dw-note">Paths: {plural(links.length, "link")}.</p>,
  BoxPlot: ({ boxes }) => <p class="dw-note">A box plot: {plural(boxes.days.length, "interval")}.</p>,
  Funnel,
  HeatMap: ({ heat }) => <p class="dw-note">A heatmap: {plural(heat.columns.length, "column")}.</p>,
  Retention: ({ cohorts, graph }) =>
    graph ? (
      <Line trend={graph} stacked={false} Plane={BarePlane} />
    ) : (
      <p class="dw-note">Retention: {plural(cohorts.rows.length, "cohort")}.</p>
    ),
  Overview: ({ figures }) => <p class="dw-note">{plural(figures.length, "figure")}.</p>,
  Progress: ({ figure, unit }) => <BoldNumber figure={figure} unit={unit} Plane={BarePlane} />,
  Slope: ({ trend }) => <p class="dw-note">A slope: {plural(trend.series.length, "series")}.</p>,
  WorldMap: ({ places }) => <p class="dw-note">A map: {plural(places.length, "place")}.</p>,
};

function short(drawing: Drawing): Drawing {
  if (drawing.kind !== "table") return drawing;
  return { ...drawing, rows: { ...drawing.rows, rows: drawing.rows.rows.slice(0, ROWS) } };
}

/** What is drawn between the axes, and a few lines behind it. */
function BarePlane({ trend, extents, children }: PlaneProps) {
  const [first = [0, 0], second = [0, 0]] = extents;
  const scale = scaleOf(...first, MARKS, trend.log);
  const right = trend.right && scaleOf(...second, MARKS, trend.right.log);
  return (
    <svg class="dw-bare-plane" viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none">
      {scale.marks.map((mark) => (
        <path key={mark} class="dw-bare-mark" d={`M0,${SIDE * (1 - scale.place(mark))}h${SIDE}`} />
      ))}
      {children((side) => (side.right && right) || scale)}
    </svg>
  );
}
