import type { Drawing } from "../drawing";
import { fromBefore } from "../flows/funnel";
import { text } from "../json";
import type { Funnel, Step } from "../flows/steps";
import type { InsightParts } from "./insight_parts";

/** How a funnel's steps are laid out, what they are shares of, and in which order they stand. */
export function withFunnel(drawing: Drawing, { settings }: InsightParts): Drawing {
  if (drawing.kind !== "funnel") return drawing;
  const isOfPrevious = settings["funnelStepReference"] === "previous";
  const sorted = inOrder(drawing.funnels, text(settings["breakdownSorting"]));
  const funnels = isOfPrevious
    ? sorted.map((one) => ({ ...one, steps: one.steps.map(ofPrevious) }))
    : sorted;
  return { ...drawing, funnels, ...(settings["layout"] !== "horizontal" && { isUpright: true }) };
}

function ofPrevious(step: Step, index: number): Step {
  if (index === 0) return step;
  const note = fromBefore({ ...step, kept: step.share }, "of first step");
  return { ...step, share: step.kept, note };
}

/** By a column of PostHog's table: "breakdown_value", "-total_conversion", "step_1_dropoff". */
function inOrder(funnels: Funnel[], key: string): Funnel[] {
  const [, minus, column = ""] = /^(-?)(.*)$/.exec(key) ?? [];
  const valueOf = sorter(column);
  if (!valueOf) return funnels;
  return [...funnels].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    const order =
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    return minus ? -order : order;
  });
}

function sorter(column: string): ((funnel: Funnel) => number | string) | null {
  if (column === "breakdown_value") return ({ name }) => name;
  if (column === "total_conversion") return ({ steps }) => steps.at(-1)?.share ?? 0;
  const [, place, metric = ""] = /^step_(\d+)_(.+)$/.exec(column) ?? [];
  if (place === undefined) return null;
  return ({ steps }) => {
    const step = steps[Number(place)];
    if (!step) return 0;
    const before = steps[Number(place) - 1]?.count ?? step.count ?? 0;
    const values: Record<string, number | null> = {
      conversion: step.count,
      dropoff: before - (step.count ?? 0),
      conversion_so_far: step.share,
      conversion_from_prev: step.kept,
      median_time: step.median,
      average_time: step.average,
    };
    return values[metric] ?? 0;
  };
}
