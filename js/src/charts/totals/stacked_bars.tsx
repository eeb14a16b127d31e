import { Bars } from "./bars";
import { seriesColor } from "../colors/palette";
import { Dot } from "../interaction/tip";
import { written, type Unit } from "../numbers/unit";
import type { Value } from "./values";

/** A bar that is made of the values of a breakdown. */
export interface Stack {
  name: string;
  sum: number;
  parts: Value[];
}

interface BarChartProps {
  values: Value[];
  unit: Unit;
  stacks?: Stack[] | undefined;
}

/** A bar a total; or a bar a series, made of the values of its breakdown. */
export function BarChart({ values, unit, stacks }: BarChartProps) {
  if (!stacks) return <Bars values={values} unit={unit} />;
  const longest = Math.max(...stacks.map(({ sum }) => sum));
  return (
    <ul class="dw-meters">
      {stacks.map(({ name, sum, parts }) => (
        <li key={name} class="dw-meter">
          <span class="dw-meter-name" title={name}>
            {name}
          </span>
          <span class="dw-meter-amount">{written(sum, unit)}</span>
          <span class="dw-stacked-track" aria-hidden="true">
            {parts.map(({ value, color }, rank) => (
              <i
                key={rank}
                style={{
                  width: `${(Math.max(0, value ?? 0) / longest) * 100}%`,
                  background: seriesColor(color),
                }}
              />
            ))}
          </span>
          <span class="dw-stacked-parts">
            {parts.map((part) => (
              <span key={part.name}>
                <Dot color={part.color} />
                {part.name} {written(part.value, unit)}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
