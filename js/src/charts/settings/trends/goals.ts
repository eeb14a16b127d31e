import { array, object, objects, number, text, type Json } from "../../json";
import { extentOf, type Goal, type Trend } from "../../series/series";
import { colorOf } from "../../colors/theme_colors";

/** Lines to reach as PostHog draws them: with their colors, and some only until they are. */
export function goalLines(given: unknown, { series }: Trend): Goal[] {
  const [, most] = extentOf(series.map(({ data }) => data));
  return objects(given).flatMap((one): Goal[] => {
    const value = number(one["value"]);
    if (value === null || (one["displayIfCrossed"] === false && value < most)) return [];
    const color = colorOf(one["borderColor"]);
    return [
      {
        name: text(one["label"]) || "Goal",
        value,
        ...(color && { color }),
        ...(one["displayLabel"] === false && { isUnnamed: true }),
        ...(one["position"] === "start" && { isAtStart: true }),
      },
    ];
  });
}

/** Bounds of an insight's alerts; those that watch a change have no place on the axis. */
export function thresholdsOf(insight: Json): Goal[] {
  return array(insight["alerts"]).flatMap((given): Goal[] => {
    const alert = object(given);
    const { type = "absolute", bounds } = object(object(alert["threshold"])["configuration"]);
    const { type: watches = "absolute_value" } = object(alert["condition"]);
    if (type !== "absolute" || watches !== "absolute_value" || alert["enabled"] === false) return [];
    return (["lower", "upper"] as const).flatMap((side): Goal[] => {
      const value = number(object(bounds)[side]);
      const word = { lower: "below", upper: "above" }[side];
      const name = `${text(alert["name"]) || "Alert"}: ${word}`;
      return value === null ? [] : [{ name, value, color: "var(--dw-warn)" }];
    });
  });
}
