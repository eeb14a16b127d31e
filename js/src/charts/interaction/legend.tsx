import { useSignal } from "@preact/signals";
import type { Drawing } from "../drawing";
import type { Paint } from "../colors/palette";
import { Dot } from "./tip";
import { useHidden } from "./toggles";

const SHOWN = 4;

/** Names the series when there are several, and hides them; sits beside the tile's title. */
export function Legend({ drawing }: { drawing: Drawing }) {
  const isOpen = useSignal(false);
  const hidden = useHidden();
  const series = drawing.kind === "pie" ? [] : seriesOf(drawing);
  if (series.length < 2) return null;
  const shown = isOpen.value || series.length === SHOWN + 1 ? series : series.slice(0, SHOWN);
  const rest = series.slice(shown.length).map(({ name }) => name);
  return (
    <ul class="dw-legend" aria-label="Series" data-dw-open={isOpen.value || undefined}>
      {shown.map(({ name, color, previous, right }, index) => (
        <li key={index} data-dw-previous={previous || undefined}>
          <button
            type="button"
            title={right ? `${name}, on the right axis` : name}
            aria-pressed={!hidden.names.has(name)}
            onClick={() => hidden.toggle(name)}
          >
            <Dot color={color} />
            <span>{name}</span>
            {right && <span aria-hidden="true">→</span>}
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
  color: Paint;
  previous?: boolean;
  right?: boolean;
  hidden?: true;
}

/** Names of what is taken out at first. */
export function hiddenOf(drawing: Drawing): string[] {
  return seriesOf(drawing).flatMap(({ name, hidden }) => (hidden ? [name] : []));
}

function seriesOf(drawing: Drawing): readonly Named[] {
  switch (drawing.kind) {
    case "line":
    case "columns":
    case "slope":
      return drawing.trend.series;
    case "boxes":
      return drawing.boxes.series.map(({ name }, color) => ({ name, color }));
    case "retention":
      return drawing.graph?.series ?? [];
    case "funnel":
      return drawing.funnels;
    case "pie": // has a list of its own
      return drawing.values;
    default:
      return [];
  }
}
