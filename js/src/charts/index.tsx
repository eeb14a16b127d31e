import { BoxPlot } from "./series/box_plot";
import type { Drawing } from "./drawing";
import { WorldMap } from "./map/map";
import { FunnelChart as Funnel } from "./flows/funnel_chart";
import { HeatMap } from "./matrix/heatmap";
import { Overview } from "./totals/overview";
import { Paths } from "./flows/paths";
import { Plane } from "./plane/plane";
import { Progress } from "./totals/progress";
import { Retention } from "./matrix/retention";
import { isEmpty, Shape } from "./shape";
import { Slope } from "./series/slope";
import { Spoken } from "./tables/spoken";
import { BarChart as Bars } from "./totals/stacked_bars";

const PARTS = { Bars, BoxPlot, Funnel, HeatMap, Overview, Paths, Plane, Progress, Retention, Slope, WorldMap };

/** An insight's drawing, and its numbers for those who do not see it. */
export function Chart({ drawing }: { drawing: Drawing }) {
  return (
    <>
      <Shape drawing={drawing} parts={PARTS} />
      {drawing.foot?.map((line) => (
        <p key={line} class="dw-chart-foot">
          {line}
        </p>
      ))}
      {!isEmpty(drawing) && <Spoken drawing={drawing} />}
    </>
  );
}
