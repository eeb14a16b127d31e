import type { Drawing } from "../../drawing";
import { object, objects, text } from "../../json";
import { inWords, namesOf, ofPeriod } from "../../series/names";
import type { Stack } from "../../totals/stacked_bars";
import type { InsightParts } from "../insight_parts";

/** The values of a breakdown in one bar a series, where a bar is to be made of them. */
export function withStacks(drawing: Drawing, { settings, insight }: InsightParts): Drawing {
  if (drawing.kind !== "bars" || settings["stackBreakdownValues"] !== true) return drawing;
  const given = objects(insight["result"]);
  const names = namesOf(given);
  const stacks = new Map<string, Stack>();
  for (const value of drawing.values) {
    const one = given[names.indexOf(value.name)];
    // Without a breakdown there is nothing to stack.
    if (one?.["breakdown_value"] === undefined) return drawing;
    const action = object(one["action"]);
    const name = text(action["custom_name"]) || text(action["name"]) || "All";
    const period = ofPeriod(name, one);
    const stack = stacks.get(period) ?? { name: period, sum: 0, parts: [] };
    const part = inWords([one["breakdown_value"]].flat().join(", "));
    stack.parts.push({ ...value, name: part });
    stack.sum += value.value ?? 0;
    stacks.set(period, stack);
  }
  return { ...drawing, stacks: [...stacks.values()] };
}
