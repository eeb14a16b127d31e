import { array, object, objects, type Json } from "./json";
import type { ShapeName } from "./kinds";
import { plural } from "./numbers/format";

/** Whether a result has the shape that its kind should have: else nothing of it is drawn. */
export function fits(shape: ShapeName, insight: Json): boolean {
  const { result } = insight;
  switch (shape) {
    case "series":
    case "stickiness":
    case "lifecycle":
      return all(result, (one) => isList(one["data"]) && isList(one["days"]) && !isTotal(one));
    case "totals":
      return all(result, (one) => isAmount(one["aggregated_value"]) && "aggregated_value" in one);
    case "boxes":
      return all(result, (one) => BOX.every((name) => name in one && isAmount(one[name])));
    case "calendar":
      return isList(result);
    case "hours":
      return isList(object(result)["data"]);
    case "steps":
      return isList(result) && all(result.flat(), isStep);
    case "times":
      return isList(result) ? result.length > 0 && all(result, hasBins) : hasBins(object(result));
    case "retention":
      return all(result, (one) => isList(one["values"]));
    case "paths":
      return all(result, (one) => isAmount(one["value"]) && one["source"] != null);
    case "overview":
      return all(result, (one) => typeof one["key"] === "string" && isAmount(one["value"]));
    case "columns":
      return isList(result) && isList(insight["columns"]) && result.every(isList);
  }
}

const BOX = ["min", "p25", "median", "p75", "max", "mean"];

/** Servers send more values than days, or fewer: what is not drawn is said. */
export function lengthsOf(insight: Json): string {
  const odd = objects(insight["result"]).find(
    (one) => isList(one["data"]) && isList(one["days"]) && one["data"].length !== one["days"].length,
  );
  if (!odd) return "";
  const [values, days] = [array(odd["data"]).length, array(odd["days"]).length];
  return `${plural(values, "value")} came with ${plural(days, "interval")}: live.results has them all.`;
}

function all(list: unknown, is: (one: Json) => boolean): boolean {
  return isList(list) && list.every((one) => typeof one === "object" && one !== null && !isList(one) && is(one as Json));
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function isAmount(value: unknown): boolean {
  return value == null || typeof value === "number" || typeof value === "bigint";
}

function isTotal(one: Json): boolean {
  return array(one["data"]).length === 0 && one["aggregated_value"] != null;
}

// ClickHouse sends large counts as text.
function isStep(one: Json): boolean {
  return "count" in one && (isAmount(one["count"]) || typeof one["count"] === "string");
}

function hasBins(one: Json): boolean {
  return isList(one["bins"]);
}
