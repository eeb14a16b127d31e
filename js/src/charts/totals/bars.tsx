import { percent } from "../numbers/format";
import { Meter } from "./meter";
import { written, type Unit } from "../numbers/unit";
import type { Value } from "./values";

/** One bar a total; with only positive totals also its share of their sum. */
export function Bars({ values, unit }: { values: Value[]; unit: Unit }) {
  const amounts = values.map(({ value }) => value ?? 0);
  const longest = Math.max(...amounts.map(Math.abs));
  const sum = amounts.reduce((one, other) => one + other, 0);
  const isShared =
    sum > 0 && unit.style === "plain" && values.every((one) => !one.previous && !isBelow(one));
  return (
    <ul class="dw-meters">
      {values.map(({ name, value, color, previous }, index) => (
        <Meter
          key={index}
          name={name}
          amount={
            written(value, unit) +
            (isShared && value !== null ? ` · ${percent(value / sum)}` : "")
          }
          share={longest > 0 ? Math.abs(value ?? 0) / longest : 0}
          color={color}
          faint={previous}
        />
      ))}
    </ul>
  );
}

function isBelow({ value }: Value): boolean {
  return value !== null && value < 0;
}
