import { Columns } from "./plane/columns";
import type { Drawing } from "./drawing";
import { Line } from "./plane/line";
import { BoldNumber } from "./totals/number";
import type { Parts } from "./parts";
import { Pie } from "./totals/pie";
import { Table } from "./tables/table";
import { Unknown } from "./unknown";

interface ShapeProps {
  drawing: Drawing;
  parts: Parts;
}

export function Shape(props: ShapeProps) {
  const { drawing } = props;
  if (isEmpty(drawing)) return <p class="dw-note">No data in this range.</p>;
  return (
    <>
      {"note" in drawing && drawing.note && <p class="dw-chart-note">{drawing.note}</p>}
      <Bare {...props} />
    </>
  );
}

function Bare({ drawing, parts }: ShapeProps) {
  const { Bars, BoxPlot, Funnel, HeatMap, Overview, Paths, Plane, Progress, Retention, Slope, WorldMap } = parts;
  switch (drawing.kind) {
    case "line":
      return <Line trend={drawing.trend} stacked={drawing.stacked} Plane={Plane} />;
    case "columns":
      return <Columns trend={drawing.trend} stacked={drawing.stacked} Plane={Plane} />;
    case "slope":
      return <Slope trend={drawing.trend} />;
    case "boxes":
      return <BoxPlot boxes={drawing.boxes} axis={drawing} Plane={Plane} />;
    case "progress":
      return <Progress figure={drawing.figure} goal={drawing.goal} unit={drawing.unit} />;
    case "overview":
      return <Overview figures={drawing.figures} />;
    case "bars":
      return <Bars values={drawing.values} unit={drawing.unit} stacks={drawing.stacks} />;
    case "pie":
      return <Pie values={drawing.values} unit={drawing.unit} />;
    case "map":
      return <WorldMap places={drawing.places} unit={drawing.unit} />;
    case "number":
      return (
        <BoldNumber
          figure={drawing.figure}
          unit={drawing.unit}
          line={drawing.line}
          Plane={Plane}
        />
      );
    case "heat":
      return <HeatMap heat={drawing.heat} unit={drawing.unit} />;
    case "funnel":
      return <Funnel funnels={drawing.funnels} isUpright={drawing.isUpright} />;
    case "retention":
      return (
        <Retention
          cohorts={drawing.cohorts}
          graph={drawing.graph}
          hasMatrix={drawing.hasMatrix}
          isColumns={drawing.isColumns}
          Plane={Plane}
        />
      );
    case "paths":
      return <Paths links={drawing.links} isWhole={drawing.isWhole} />;
    case "table":
      return <Table rows={drawing.rows} />;
    case "unknown":
      return <Unknown name={drawing.name} count={drawing.count} />;
  }
}

export function isEmpty(drawing: Drawing): boolean {
  switch (drawing.kind) {
    case "line":
    case "columns":
    case "slope":
      return drawing.trend.series.every(({ data }) => data.every((value) => value === null));
    case "boxes":
      return drawing.boxes.series.every(({ boxes }) => boxes.every((box) => box === null));
    case "overview":
      return drawing.figures.length === 0;
    case "bars":
      return drawing.values.length === 0;
    case "pie":
      return drawing.values.every(({ value }) => value === null || value <= 0);
    case "map":
      return drawing.places.length === 0;
    case "heat":
      return drawing.heat.cells.flat().every((value) => value === null);
    case "funnel":
      return drawing.funnels.length === 0;
    case "retention":
      return drawing.cohorts.rows.every(({ size }) => size === 0);
    case "paths":
      return drawing.links.length === 0;
    case "table":
      return drawing.rows.rows.length === 0;
    case "number":
    case "progress":
      return drawing.figure.value === null;
    case "unknown":
      return false;
  }
}
