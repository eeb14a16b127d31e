import { count, percent } from "./format";
import type { Figure } from "./values";

/** One large number, and how it compares. */
export function BoldNumber({ figure: { value, previous } }: { figure: Figure }) {
  const written = count(value);
  return (
    <div class="dw-number" style={{ "--length": written.length }}>
      <strong title={value === null ? undefined : String(value)}>{written}</strong>
      {value !== null && previous !== null && <Change value={value} previous={previous} />}
    </div>
  );
}

function Change({ value, previous }: { value: number; previous: number }) {
  const change = value - previous;
  const direction = change === 0 ? "same" : change > 0 ? "up" : "down";
  const mark = { same: "=", up: "▲", down: "▼" }[direction];
  const amount = previous === 0 ? count(Math.abs(change)) : percent(Math.abs(change / previous));
  return (
    <span data-dw-direction={direction} title={`Before: ${count(previous)}`}>
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
