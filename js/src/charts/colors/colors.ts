import { array, object, objects, text, type Json } from "../json";
import { rankOf } from "./palette";

/** Who chose which color: the board for values of a breakdown, a person for single series. */
export interface Colors {
  board: ReadonlyMap<string, number>;
  /** What a person chose, by series or by its place. */
  own: Json;
  isByPlace: boolean;
}

/** The board's entries (contract 7.9) for this breakdown, and what a query's filter says. */
export function colorsOf(board: unknown, source: Json, filter: Json): Colors {
  const type = text(object(source["breakdownFilter"])["breakdown_type"]) || "event";
  return {
    board: new Map(
      objects(board).flatMap((one): [string, number][] => {
        const rank = rankOf(text(one["colorToken"]));
        const isOther = (one["breakdownType"] ?? type) !== type;
        return rank === null || isOther ? [] : [[String(one["breakdownValue"]), rank]];
      }),
    ),
    own: object(filter["resultCustomizations"]),
    isByPlace: filter["resultCustomizationBy"] === "position",
  };
}

/** A color for each series: the board's, a person's, else the next free. Periods share theirs. */
export function paint(colors?: Colors): (series: Json, index: number) => number {
  const ranks = new Map<string, number>();
  return (series, index) => {
    const identity = JSON.stringify([series["label"], orderOf(series), series["breakdown_value"]]);
    const next = ranks.get(identity) ?? ranks.size;
    ranks.set(identity, next);
    const given = valuesOf(series).join("::");
    const ofBoard = "breakdown_value" in series ? colors?.board.get(given) : undefined;
    return ofBoard ?? rankOf(text(chosen(series, index, colors)["color"])) ?? next;
  };
}

/** Whether a person took it out of the chart. */
export function isHidden(series: Json, index: number, colors?: Colors): boolean {
  return chosen(series, index, colors)["hidden"] === true;
}

/** PostHog keys what a person chose by JSON of what tells a series from the others. */
function chosen(series: Json, index: number, colors?: Colors): Json {
  if (!colors) return {};
  if (colors.isByPlace) return object(colors.own[index]);
  const values = valuesOf(series);
  const funnel = { breakdown_value: values.length > 1 ? values : values[0] };
  const trend = {
    series: orderOf(series) ?? (index > 0 ? `formula${index + 1}` : "formula"),
    breakdown_value: "breakdown_value" in series ? values : undefined,
    compare_label: series["compare_label"],
  };
  return object(colors.own[JSON.stringify(trend)] ?? colors.own[JSON.stringify(funnel)]);
}

function valuesOf({ breakdown_value: given }: Json): unknown[] {
  return Array.isArray(given) ? array(given) : [given];
}

function orderOf(series: Json): unknown {
  return object(series["action"])["order"];
}
