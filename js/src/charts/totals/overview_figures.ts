import { number, objects, text } from "../json";
import { PLAIN, SECONDS, type Unit } from "../numbers/unit";

/** One figure of a web overview, and that of the previous period. */
export interface OverviewFigure {
  name: string;
  value: number | null;
  previous: number | null;
  isIncreaseBad: boolean;
  unit: Unit;
}

const UNITS = new Map<string, Unit>([
  ["duration_s", SECONDS],
  ["percentage", { ...PLAIN, style: "percent" }],
]);

export function figuresOf(result: unknown): OverviewFigure[] {
  return objects(result).map((one) => ({
    name: named(text(one["key"])),
    value: number(one["value"]),
    previous: number(one["previous"]),
    isIncreaseBad: one["isIncreaseBad"] === true,
    unit: UNITS.get(text(one["kind"])) ?? PLAIN,
  }));
}

/** "bounce rate" -> "Bounce rate". */
function named(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
