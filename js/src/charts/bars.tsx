import { count, percent } from "./format";
import { Meter } from "./meter";
import type { Value } from "./values";

/** One bar a total; with only positive totals also its share of their sum. */
export function Bars({ values }: { values: Value[] }) {
  const amounts = values.map(({ value }) => value ?? 0);
  const longest = Math.max(...amounts.map(Math.abs));
  const sum = amounts.reduce((one, other) => one + other, 0);
  const shared = sum > 0 && amounts.every((amount) => amount >= 0);
  return (
    <ul class="dw-meters">
      {values.map(({ name, value }) => (
        <Meter
          key={name}
          name={name}
          amount={shared ? `${count(value)} · ${percent((value ?? 0) / sum)}` : count(value)}
          share={longest > 0 ? Math.abs(value ?? 0) / longest : 0}
        />
      ))}
    </ul>
  );
}
