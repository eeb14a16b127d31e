// Generated from dashwidgets/frames/results/kinds.py: python -m dashwidgets.widgets.shared.typescript

export type ShapeName = "series" | "totals" | "boxes" | "calendar" | "hours" | "steps" | "times" | "retention" | "paths" | "stickiness" | "lifecycle" | "overview" | "columns";
export type DrawingName = "line" | "columns" | "bars" | "pie" | "map" | "regions" | "progress" | "number" | "metric" | "slope" | "boxes" | "heat" | "funnel" | "times" | "retention" | "paths" | "overview" | "table";

/** Query, displays (first an empty one: none is set; *: any), shape, drawing,
 * whether a second period may follow the first. */
export const KINDS: readonly [string, string, ShapeName, DrawingName, true?][] = [
  ["TrendsQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "series", "line", true],
  ["TrendsQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "series", "columns", true],
  ["TrendsQuery", "SlopeGraph", "series", "slope", true],
  ["TrendsQuery", "Metric", "series", "metric", true],
  ["TrendsQuery", "BoldNumber", "totals", "number", true],
  ["TrendsQuery", "Progress", "totals", "progress", true],
  ["TrendsQuery", "ActionsBarValue", "totals", "bars", true],
  ["TrendsQuery", "ActionsPie", "totals", "pie", true],
  ["TrendsQuery", "ActionsTable", "totals", "table", true],
  ["TrendsQuery", "WorldMap", "totals", "map", true],
  ["TrendsQuery", "RegionMap", "totals", "regions", true],
  ["TrendsQuery", "BoxPlot", "boxes", "boxes"],
  ["TrendsQuery", "CalendarHeatmap", "calendar", "heat"],
  ["CalendarHeatmapQuery", "*", "hours", "heat"],
  ["FunnelsQuery", " steps", "steps", "funnel", true],
  ["FunnelsQuery", "time_to_convert", "times", "times", true],
  ["FunnelsQuery", "trends", "series", "line", true],
  ["RetentionQuery", "*", "retention", "retention"],
  ["PathsQuery", "*", "paths", "paths"],
  ["StickinessQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "stickiness", "line", true],
  ["StickinessQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "stickiness", "columns", true],
  ["LifecycleQuery", "*", "lifecycle", "columns", true],
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
