// Generated from dashwidgets/frames/results/kinds.py: python -m dashwidgets.widgets.shared.typescript

export type ShapeName = "series" | "totals" | "boxes" | "calendar" | "hours" | "steps" | "times" | "retention" | "paths" | "stickiness" | "lifecycle" | "overview" | "columns";
export type DrawingName = "line" | "columns" | "bars" | "pie" | "map" | "regions" | "progress" | "number" | "metric" | "slope" | "boxes" | "heat" | "funnel" | "times" | "retention" | "paths" | "overview" | "table";

/** Query, displays (first an empty one: none is set; *: any), shape, drawing. */
export const KINDS: readonly [string, string, ShapeName, DrawingName][] = [
  ["TrendsQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "series", "line"],
  ["TrendsQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "series", "columns"],
  ["TrendsQuery", "SlopeGraph", "series", "slope"],
  ["TrendsQuery", "Metric", "series", "metric"],
  ["TrendsQuery", "BoldNumber", "totals", "number"],
  ["TrendsQuery", "Progress", "totals", "progress"],
  ["TrendsQuery", "ActionsBarValue", "totals", "bars"],
  ["TrendsQuery", "ActionsPie", "totals", "pie"],
  ["TrendsQuery", "ActionsTable", "totals", "table"],
  ["TrendsQuery", "WorldMap", "totals", "map"],
  ["TrendsQuery", "RegionMap", "totals", "regions"],
  ["TrendsQuery", "BoxPlot", "boxes", "boxes"],
  ["TrendsQuery", "CalendarHeatmap", "calendar", "heat"],
  ["CalendarHeatmapQuery", "*", "hours", "heat"],
  ["FunnelsQuery", " steps", "steps", "funnel"],
  ["FunnelsQuery", "time_to_convert", "times", "times"],
  ["FunnelsQuery", "trends", "series", "line"],
  ["RetentionQuery", "*", "retention", "retention"],
  ["PathsQuery", "*", "paths", "paths"],
  ["StickinessQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "stickiness", "line"],
  ["StickinessQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "stickiness", "columns"],
  ["LifecycleQuery", "*", "lifecycle", "columns"],
  ["WebOverviewQuery", "*", "overview", "overview"],
  ["WebStatsTableQuery", "*", "columns", "table"],
  ["HogQLQuery", "*", "columns", "table"],
  ["EventsQuery", "*", "columns", "table"],
  ["ActorsQuery", "*", "columns", "table"],
  ["PersonsNode", "*", "columns", "table"],
  ["GroupsQuery", "*", "columns", "table"],
  ["SessionsQuery", "*", "columns", "table"],
  ["SessionsTimelineQuery", "*", "columns", "table"],
  ["WebGoalsQuery", "*", "columns", "table"],
  ["WebExternalClicksTableQuery", "*", "columns", "table"],
  ["TracesQuery", "*", "columns", "table"],
  ["MarketingAnalyticsTableQuery", "*", "columns", "table"],
];

export const LEGACY = "TRENDS FUNNELS RETENTION PATHS STICKINESS LIFECYCLE".split(" ");
