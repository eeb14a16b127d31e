import { Change } from "./number";
import type { OverviewFigure } from "./overview_figures";
import { written } from "../numbers/unit";

/** The figures of a web overview side by side, each beside that of the previous period. */
export function Overview({ figures }: { figures: OverviewFigure[] }) {
  return (
    <dl class="dw-overview">
      {figures.map(({ name, value, previous, isIncreaseBad, unit }) => (
        <div key={name} class="dw-number" data-dw-less-is-better={isIncreaseBad || undefined}>
          <dt>{name}</dt>
          <dd>
            <b>{written(value, unit)}</b>
            {value !== null && previous !== null && (
              <Change value={value} previous={previous} unit={unit} since="" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
