import { BoxPlot } from "./box_plot";
import type { Drawing } from "./drawing";
import { WorldMap } from "./map";
import { FunnelChart as Funnel } from "./funnel_chart";
import { HeatMap } from "./heatmap";
import { Overview } from "./overview";
import { Paths } from "./paths";
import { Plane } from "./plane";
import { Progress } from "./progress";
import { Retention } from "./retention";
import { isEmpty, Shape } from "./shape";
import { Slope } from "./slope";
import { Spoken } from "./spoken";
import { BarChart as Bars } from "./stacked_bars";

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
