import { BoldNumber } from "./number";
import { Bars } from "./bars";
import { Columns } from "./columns";
import type { Drawing } from "./drawing";
import { Funnel } from "./funnel";
import { Line } from "./line";
import { Table } from "./table";
import { Unknown } from "./unknown";

export function Chart({ drawing }: { drawing: Drawing }) {
  if (isEmpty(drawing)) return <p class="dw-note">No data in this range.</p>;
  switch (drawing.kind) {
    case "line":
      return <Line trend={drawing.trend} filled={drawing.filled} />;
    case "columns":
      return <Columns trend={drawing.trend} stacked={drawing.stacked} />;
    case "bars":
      return <Bars values={drawing.values} />;
    case "number":
      return <BoldNumber figure={drawing.figure} />;
    case "funnel":
      return <Funnel funnels={drawing.funnels} />;
    case "table":
      return <Table rows={drawing.rows} />;
    case "unknown":
      return <Unknown name={drawing.name} count={drawing.count} />;
  }
}

function isEmpty(drawing: Drawing): boolean {
  switch (drawing.kind) {
    case "line":
    case "columns":
      return drawing.trend.series.every(({ data }) => data.every((value) => value === null));
    case "bars":
      return drawing.values.length === 0;
    case "funnel":
      return drawing.funnels.length === 0;
    case "table":
      return drawing.rows.rows.length === 0;
    default:
      return false;
  }
}
