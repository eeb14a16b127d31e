import type { Drawing } from "./drawing";
import { Dot } from "./tip";

const SHOWN = 4;

/** Names the series when there are several; sits beside the tile's title. */
export function Legend({ drawing }: { drawing: Drawing }) {
  if (drawing.kind !== "line" && drawing.kind !== "columns") return null;
  const { series } = drawing.trend;
  if (series.length < 2) return null;
  const hidden = series.slice(SHOWN).map(({ name }) => name);
  return (
    <ul class="dw-legend" aria-label="Series">
      {series.slice(0, SHOWN).map(({ name, color, previous }) => (
        <li key={name} title={name} data-dw-previous={previous || undefined}>
          <Dot color={color} />
          <span>{name}</span>
        </li>
      ))}
      {hidden.length > 0 && <li title={hidden.join(", ")}>+{hidden.length}</li>}
    </ul>
  );
}
