import type { Drawing } from "../../drawing";
import { text } from "../../json";
import { isWeekday, openedFrom, openFrom, picked, unconvertedFrom } from "./open";
import type { InsightParts } from "../insight_parts";
import { overTime } from "./trends";

const SHORT = new Set(["minute", "hour", "day"]);

/** Which periods are shown, and which of them are not over. */
export function withPeriods(drawing: Drawing, parts: InsightParts): Drawing {
  const { source, settings, insight, outside } = parts;
  const interval = text(source["interval"]) || "day";
  switch (source["kind"]) {
    case "TrendsQuery":
    case "LifecycleQuery":
      return overTime(drawing, (whole) => {
        const isPicked = settings["hideWeekends"] === true && SHORT.has(interval);
        const trend = isPicked ? picked(whole, isWeekday) : whole;
        return openedFrom(trend, openFrom(trend.days, interval, insight, outside.now));
      });
    case "FunnelsQuery":
      if (settings["funnelVizType"] !== "trends") return drawing;
      return overTime(drawing, (trend) => {
        const from = unconvertedFrom(trend.days, settings, insight, outside.now);
        return settings["hideIncompleteConversionWindowPeriods"] === true
          ? picked(trend, (_, index) => index < from)
          : openedFrom(trend, from);
      });
    default:
      return drawing;
  }
}
