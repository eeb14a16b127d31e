// Generated from dashwidgets/frames/results/kinds.py: python -m dashwidgets.widgets.typescript

export type DrawingName = "line" | "columns" | "bars" | "pie" | "map" | "regions" | "progress" | "number" | "metric" | "slope" | "boxes" | "heat" | "funnel" | "times" | "retention" | "paths" | "overview" | "table";

/** Query, its displays (an empty first one: none is set; *: any), how it is drawn. */
export const KINDS: readonly [string, string, DrawingName][] = [
  ["TrendsQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "line"],
  ["TrendsQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "columns"],
  ["TrendsQuery", "SlopeGraph", "slope"],
  ["TrendsQuery", "Metric", "metric"],
  ["TrendsQuery", "BoldNumber", "number"],
  ["TrendsQuery", "Progress", "progress"],
  ["TrendsQuery", "ActionsBarValue", "bars"],
  ["TrendsQuery", "ActionsPie", "pie"],
  ["TrendsQuery", "ActionsTable", "table"],
  ["TrendsQuery", "WorldMap", "map"],
  ["TrendsQuery", "RegionMap", "regions"],
  ["TrendsQuery", "BoxPlot", "boxes"],
  ["TrendsQuery", "CalendarHeatmap", "heat"],
  ["CalendarHeatmapQuery", "*", "heat"],
  ["FunnelsQuery", " steps", "funnel"],
  ["FunnelsQuery", "time_to_convert", "times"],
  ["FunnelsQuery", "trends", "line"],
  ["RetentionQuery", "*", "retention"],
  ["PathsQuery", "*", "paths"],
  ["StickinessQuery", " ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph", "line"],
  ["StickinessQuery", "ActionsBar ActionsStackedBar ActionsUnstackedBar", "columns"],
  ["LifecycleQuery", "*", "columns"],
  ["WebOverviewQuery", "*", "overview"],
  ["WebStatsTableQuery", "*", "table"],
  ["HogQLQuery", "*", "table"],
  ["EventsQuery", "*", "table"],
  ["ActorsQuery", "*", "table"],
  ["PersonsNode", "*", "table"],
  ["GroupsQuery", "*", "table"],
  ["SessionsQuery", "*", "table"],
  ["SessionsTimelineQuery", "*", "table"],
  ["WebGoalsQuery", "*", "table"],
  ["WebExternalClicksTableQuery", "*", "table"],
  ["TracesQuery", "*", "table"],
  ["MarketingAnalyticsTableQuery", "*", "table"],
];

export const FILTERS: Readonly<Record<string, string>> = {
  "TrendsQuery": "trendsFilter",
  "FunnelsQuery": "funnelsFilter",
  "RetentionQuery": "retentionFilter",
  "PathsQuery": "pathsFilter",
  "StickinessQuery": "stickinessFilter",
  "LifecycleQuery": "lifecycleFilter"
};

export const LEGACY: Readonly<Record<string, string>> = {
  "TRENDS": "TrendsQuery",
  "FUNNELS": "FunnelsQuery",
  "RETENTION": "RetentionQuery",
  "PATHS": "PathsQuery",
  "STICKINESS": "StickinessQuery",
  "LIFECYCLE": "LifecycleQuery"
};

export const LEGACY_SETTINGS: Readonly<Record<string, string>> = {
  "display": "display",
  "funnel_viz_type": "funnelVizType",
  "funnel_order_type": "funnelOrderType",
  "layout": "layout",
  "show_values_on_series": "showValuesOnSeries",
  "show_percent_stack_view": "showPercentStackView",
  "show_multiple_y_axes": "showMultipleYAxes",
  "show_legend": "showLegend",
  "y_axis_scale_type": "yAxisScaleType",
  "aggregation_axis_format": "aggregationAxisFormat",
  "aggregation_axis_prefix": "aggregationAxisPrefix",
  "aggregation_axis_postfix": "aggregationAxisPostfix",
  "decimal_places": "decimalPlaces",
  "hidden_legend_indexes": "hiddenLegendIndexes",
  "hidden_legend_keys": "hiddenLegendIndexes",
  "toggledLifecycles": "toggledLifecycles",
  "toggled_lifecycles": "toggledLifecycles",
  "retention_reference": "retentionReference"
};
