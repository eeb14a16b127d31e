/** Every display setting of PostHog's queries, and what a tile makes of it.
 *
 * `drawn`: the chart shows it. `computed`: the server's result has it already. `aside`: it is about
 * what a dashboard's tile does not have. `named`: the tile's foot says that it is not drawn, in
 * these words; not while it has its usual value, which follows the words where that is not "off".
 * What has no row is named too, by its own name. `docs/charts.md` has this table; a test compares. */
export interface Group {
  drawn: string;
  computed?: string;
  aside?: string;
  named?: Record<string, string | readonly [words: string, usual: unknown]>;
}

const FORMATTING = ["prefix", "suffix", "style", "decimalPlaces"];
const COLUMNS = ["xAxis", "series", "min", "p25", "median", "mean", "p75", "max"];
const BOX = [...COLUMNS.map((name) => `${name}Column`), "excludeOutliers"];
const under = (path: string, names: readonly string[]) =>
  names.map((name) => `${path}.${name}`).join(" ");
const AXIS = {
  startAtZero: ["an axis that does not begin at zero", true],
  showGridLines: ["hidden grid lines", true],
  showTicks: ["hidden axis ticks", true],
} as const;

export const SETTINGS: Record<string, Group> = {
  TrendsFilter: {
    drawn:
      "display showLegend legendPosition showAlertThresholdLines aggregationAxisFormat " +
      "aggregationAxisPrefix aggregationAxisPostfix decimalPlaces minDecimalPlaces xAxisLabel " +
      "yAxisLabel showValuesOnSeries showLabelsOnSeries showPercentStackView yAxisScaleType " +
      "showMultipleYAxes hiddenLegendIndexes resultCustomizationBy resultCustomizations goalLines " +
      "showConfidenceIntervals confidenceLevel showTrendLines showMovingAverage " +
      "movingAverageIntervals excludeBoxPlotOutliers hideWeekends showAnnotations " +
      "showPieTotal stackBreakdownValues metricShowChange metricChangeIncreaseColor metricChangeDecreaseColor " +
      "metricColorByDirection metricLineIncreaseColor metricLineDecreaseColor metricSummary",
    computed: "smoothingIntervals formula formulas formulaNodes breakdown_histogram_bin_count",
    aside: "detailedResultsAggregationType",
    named: {
      yAxisStartAtZero: AXIS.startAtZero,
    },
  },
  FunnelsFilter: {
    drawn:
      "layout funnelVizType hiddenLegendBreakdowns funnelStepReference resultCustomizations " +
      "goalLines showTrendLines showLegend legendPosition showValuesOnSeries breakdownSorting " +
      "showAnnotations hideIncompleteConversionWindowPeriods",
    computed:
      "exclusions binCount breakdownAttributionType breakdownAttributionValue " +
      "funnelAggregateByHogQL customAggregationTarget funnelToStep funnelFromStep " +
      "funnelOrderType funnelWindowInterval funnelWindowIntervalUnit useUdf",
  },
  RetentionFilter: {
    drawn:
      "retentionReference meanRetentionCalculation display dashboardDisplay showTrendLines " +
      "selectedInterval goalLines cohortLabelStartIndex aggregationType retentionCustomBrackets",
    computed:
      "retentionType totalIntervals minimumOccurrences returningEntity targetEntity period " +
      "cumulative timeWindowMode aggregationProperty aggregationPropertyType " +
      "customAggregationTarget",
  },
  PathsFilter: {
    drawn: "showFullUrls",
    computed:
      "edgeLimit pathsHogQLExpression includeEventTypes startPoint endPoint pathGroupings " +
      "excludeEvents stepLimit pathReplacements localPathCleaningFilters minEdgeWeight " +
      "maxEdgeWeight",
    aside: "pathStartKey pathEndKey pathDropoffKey",
  },
  StickinessFilter: {
    drawn:
      "display showLegend legendPosition showValuesOnSeries showMultipleYAxes " +
      "hiddenLegendIndexes computedAs resultCustomizationBy resultCustomizations",
    computed: "stickinessCriteria",
  },
  LifecycleFilter: {
    drawn:
      "showValuesOnSeries showPercentagesOnSeries toggledLifecycles showLegend legendPosition " +
      "stacked",
  },
  CalendarHeatmapFilter: { drawn: "", computed: "bucketBySessionStart" },
  CompareFilter: { drawn: "compare", computed: "compare_to" },
  BreakdownFilter: {
    drawn: "",
    computed:
      "breakdown breakdown_type breakdowns breakdown_limit breakdown_normalize_url " +
      "breakdown_group_type_index breakdown_histogram_bin_count " +
      "breakdown_hide_other_aggregation breakdown_path_cleaning",
  },
  ChartSettings: {
    drawn:
      "xAxis.column xAxisLabel yAxis.column goalLines stackBars100 seriesBreakdownColumn " +
      "showLegend showValuesOnSeries showTotalRow showNullsAsZero showPieTotal pie.showTotal " +
      "pie.sliceContent pie.valueDisplay resultCustomizations leftYAxisSettings.label " +
      "leftYAxisSettings.scale rightYAxisSettings.label rightYAxisSettings.scale " +
      "heatmap.xAxisColumn heatmap.yAxisColumn heatmap.valueColumn heatmap.yAxisLabel " +
      "heatmap.gradient metric.summary " +
      `${under("boxPlot", BOX)} ` +
      `${under("yAxis.settings.formatting", FORMATTING)} ` +
      under("yAxis.settings.display", [
        "color",
        "label",
        "trendLine",
        "yAxisPosition",
        "displayType",
      ]),
    aside: "heatmap.gradientPreset",
    named: {
      yAxisAtZero: AXIS.startAtZero,
      ...Object.fromEntries(
        ["leftYAxisSettings", "rightYAxisSettings"].flatMap((side) =>
          Object.entries(AXIS).map(([name, words]) => [`${side}.${name}`, words]),
        ),
      ),
      showXAxisTicks: AXIS.showTicks,
      showXAxisBorder: ["hidden axis borders", true],
      showYAxisBorder: ["hidden axis borders", true],
      "xAxis.settings": "the format of the x axis",
      "heatmap.xAxisLabel": "the label of the x axis",
      "heatmap.nullLabel": "the words for empty cells",
      "heatmap.nullValue": "the words for empty cells",
      "heatmap.gradientScaleMode": ["a relative color scale", "absolute"],
      "heatmap.sortColumn": "the order of the heatmap",
      "heatmap.sortOrder": ["the order of the heatmap", "asc"],
    },
  },
  TableSettings: {
    drawn:
      "columns.column columns.settings.display.label conditionalFormatting " +
      under("columns.settings.formatting", FORMATTING),
    aside:
      "columns.settings.display.color columns.settings.display.trendLine " +
      "columns.settings.display.yAxisPosition columns.settings.display.displayType",
    named: { pinnedColumns: "pinned columns", transpose: "rows and columns swapped" },
  },
};
