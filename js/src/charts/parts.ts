import type { BarChart } from "./stacked_bars";
import type { BoxPlot } from "./box_plot";
import type { FunnelChart } from "./funnel_chart";
import type { HeatMap } from "./heatmap";
import type { WorldMap } from "./map";
import type { Overview } from "./overview";
import type { Paths } from "./paths";
import type { Plane } from "./plane";
import type { Progress } from "./progress";
import type { Retention } from "./retention";
import type { Slope } from "./slope";

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
