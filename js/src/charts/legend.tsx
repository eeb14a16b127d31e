import { useSignal } from "@preact/signals";
import type { Drawing } from "./drawing";
import { Dot } from "./tip";
import { useHidden } from "./toggles";

const SHOWN = 4;

/** Names the series when there are several, and hides them; sits beside the tile's title. */
export function Legend({ drawing }: { drawing: Drawing }) {
  const isOpen = useSignal(false);
  const hidden = useHidden();
  const series = seriesOf(drawing);
  if (series.length < 2) return null;
  const shown = isOpen.value || series.length === SHOWN + 1 ? series : series.slice(0, SHOWN);
  const rest = series.slice(shown.length).map(({ name }) => name);
  return (
    <ul class="dw-legend" aria-label="Series" data-dw-open={isOpen.value || undefined}>
      {shown.map(({ name, color, previous }, index) => (
        <li key={index} data-dw-previous={previous || undefined}>
          <button
            type="button"
            title={name}
            aria-pressed={!hidden.names.has(name)}
            onClick={() => hidden.toggle(name)}
          >
            <Dot color={color} />
            <span>{name}</span>
          </button>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <button
            type="button"
            title={rest.join(", ")}
            aria-label={`${rest.length} more series`}
            onClick={() => (isOpen.value = true)}
          >
            +{rest.length}
          </button>
        </li>
      )}
    </ul>
  );
}

interface Named {
  name: string;
  color: number;
  previous?: boolean;
}

function seriesOf(drawing: Drawing): readonly Named[] {
  switch (drawing.kind) {
    case "line":
    case "columns":
      return drawing.trend.series;
    case "retention":
      return drawing.graph?.series ?? [];
    case "funnel":
      return drawing.funnels;
    default:
      return [];
  }
}
