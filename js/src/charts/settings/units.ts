import type { Drawing } from "../drawing";
import { object, type Json } from "../json";
import { unitOfColumn } from "../tables/sql";
import { PERCENT, type Unit } from "../numbers/unit";
import type { InsightParts } from "./insight_parts";
import { measuresOf } from "./tables/measures";
import { overTime } from "./trends/trends";
import { shortly, writerOf, writing } from "./writers";

/** Numbers written as the settings want them: a currency, short, with so many decimals. */
export function withUnits(drawing: Drawing, { settings, chart, outside }: InsightParts): Drawing {
  const write = writerOf(settings, outside.currency);
  // Shares of a stack have no unit of their own.
  const own = (unit: Unit) => (unit === PERCENT ? unit : writing(unit, write));
  const made = write ? withUnit(drawing, own) : drawing;
  const [first, ...others] = measuresOf(chart).filter(({ formatting }) => isShort(formatting));
  if (!first) return made;
  return overTime(withUnit(made, short), (trend) => ({
    ...trend,
    series: trend.series.map((one) =>
      [first, ...others].some(({ has }) => has(one.name))
        ? { ...one, unit: short(one.unit ?? trend.unit) }
        : one,
    ),
  }));
}

function withUnit(drawing: Drawing, change: (unit: Unit) => Unit): Drawing {
  const made = overTime(drawing, (trend) => ({ ...trend, unit: change(trend.unit) }));
  return "unit" in made ? { ...made, unit: change(made.unit) } : made;
}

function short(unit: Unit): Unit {
  return { ...unit, write: shortly(unit.decimals ?? 1) };
}

function isShort(formatting: Json): boolean {
  return formatting["style"] === "short";
}

/** A table's column: the same, for one column. */
export function unitOf(given: Json): Unit {
  const unit = unitOfColumn(given);
  return isShort(object(object(given["settings"])["formatting"])) ? short(unit) : unit;
}
