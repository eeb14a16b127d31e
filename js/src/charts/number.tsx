import { percent } from "./format";
import { written, type Unit } from "./unit";
import type { Figure } from "./values";

/** One large number, and how it compares. */
export function BoldNumber({ figure, unit }: { figure: Figure; unit: Unit }) {
  const { value, previous } = figure;
  const shown = written(value, unit);
  return (
    <div class="dw-number" style={{ "--length": shown.length }}>
      <strong title={value === null ? undefined : String(value)}>{shown}</strong>
      {value !== null && previous !== null && (
        <Change value={value} previous={previous} unit={unit} />
      )}
    </div>
  );
}

function Change({ value, previous, unit }: { value: number; previous: number; unit: Unit }) {
  const change = value - previous;
  const direction = change === 0 ? "same" : change > 0 ? "up" : "down";
  const mark = { same: "=", up: "▲", down: "▼" }[direction];
  const amount =
    previous === 0 ? written(Math.abs(change), unit) : percent(Math.abs(change / previous));
  return (
    <span data-dw-direction={direction} title={`Before: ${written(previous, unit)}`}>
      {direction === "same" ? (
        "as in the period before"
      ) : (
        <>
          <span aria-hidden="true">{mark} </span>
          <span class="dw-hidden">{direction} </span>
          {amount} against the period before
        </>
      )}
    </span>
  );
}
