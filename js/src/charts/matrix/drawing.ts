import { cohortsOf, graphOf } from "./cohorts";
import type { Drawing } from "../drawing";
import { array, number, text, type Json } from "../json";

/** A matrix of cohorts, or lines, or both. */
export function retentionOf(insight: Json, filter: Json): Drawing {
  const cohorts = cohortsOf(insight["result"], {
    isWeighted: filter["meanRetentionCalculation"] === "weighted",
    isAggregated: text(filter["aggregationType"]) !== "" && filter["aggregationType"] !== "count",
    brackets: array(filter["retentionCustomBrackets"]).map((days) => number(days) ?? 0),
    period: text(filter["period"]) || "Day",
    computed: text(insight["last_refresh"]),
    timezone: text(insight["timezone"]),
  });
  const shown = text(filter["dashboardDisplay"]);
  const isGraph = text(filter["display"]) !== "" && text(filter["display"]) !== "ActionsTable";
  const hasGraph = shown === "graph_only" || shown === "all" || (shown === "" && isGraph);
  return {
    kind: "retention",
    cohorts,
    graph: hasGraph ? graphOf(cohorts) : null,
    hasMatrix: shown === "all" || !hasGraph,
  };
}
