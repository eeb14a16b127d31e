import type { Annotation } from "./annotations";

/** What settings add between a chart's axes, and beside them. */
export interface Extras {
  /** A straight line through each series, or through these. */
  trendLines?: true | readonly string[];
  /** A moving average over so many intervals. */
  average?: number;
  /** A band around each series, in percent. */
  confidence?: number;
  /** Each value written where it is; with its share of the stack. */
  values?: "value" | "share";
  /** Series stand on top of each other. */
  isStacked?: true;
  isColumns?: true;
  /** An axis a series. */
  hasAxes?: true;
  /** The tip ends with the sum of all series. */
  hasTotal?: true;
  xLabel?: string;
  yLabel?: string;
  rightLabel?: string;
  annotations?: readonly Annotation[];
}
