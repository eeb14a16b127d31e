import type { BarChart } from "./totals/stacked_bars";
import type { BoxPlot } from "./series/box_plot";
import type { FunnelChart } from "./flows/funnel_chart";
import type { HeatMap } from "./matrix/heatmap";
import type { WorldMap } from "./map/map";
import type { Overview } from "./totals/overview";
import type { Paths } from "./flows/paths";
import type { Plane } from "./plane/plane";
import type { Progress } from "./totals/progress";
import type { Retention } from "./matrix/retention";
import type { Slope } from "./series/slope";

/** What is heavy is handed in: a bundle that only draws small pictures goes without. */
export interface Parts {
  Paths: typeof Paths;
  Plane: typeof Plane;
  WorldMap: typeof WorldMap;
  BoxPlot: typeof BoxPlot;
  Slope: typeof Slope;
  Funnel: typeof FunnelChart;
  Bars: typeof BarChart;
  HeatMap: typeof HeatMap;
  Retention: typeof Retention;
  Overview: typeof Overview;
  Progress: typeof Progress;
}

export type WithPlane = Pick<Parts, "Plane">;
