import { percent } from "../numbers/format";
import { Line } from "../plane/line";
import type { WithPlane } from "../parts";
import type { Trend } from "../series/series";
import { written, type Unit } from "../numbers/unit";
import type { Figure } from "./values";

interface NumberProps extends WithPlane {
  figure: Figure;
  unit: Unit;
  /** The series it stands for. */
  line?: Trend | undefined;
}

/** One large number, and how it compares. */
export function BoldNumber({ figure, unit, line, Plane }: NumberProps) {
  const { value, previous, latest = value, words, tint, since } = figure;
  const shown = written(value, unit);
  const isCompared = latest !== null && previous !== null;
  return (
    <>
      <div class="dw-number" style={{ "--length": shown.length }}>
        <strong title={value === null ? undefined : String(value)}>{shown}</strong>
        {words && <small>{words}</small>}
        {isCompared && <Change {...{ value: latest, previous, unit, since, tint }} />}
        {figure.isAlone && <small>No value in the previous period.</small>}
      </div>
      {line && <Line trend={line} stacked={false} Plane={Plane} />}
    </>
  );
}

const BEFORE = "vs. previous period";

interface ChangeProps {
  value: number;
  previous: number;
  unit: Unit;
  since?: string | undefined;
  tint?: string | undefined;
}

export function Change({ value, previous, unit, since = BEFORE, tint }: ChangeProps) {
  const change = value - previous;
  const direction = change === 0 ? "same" : change > 0 ? "up" : "down";
  const mark = { same: "=", up: "▲", down: "▼" }[direction];
  const amount =
    previous === 0 ? written(Math.abs(change), unit) : percent(Math.abs(change / previous));
  return (
    <span
      data-dw-direction={direction}
      style={{ color: tint }}
      title={`Before: ${written(previous, unit)}`}
    >
      {direction === "same" ? (
        `no change ${since}`
      ) : (
        <>
          <span aria-hidden="true">{mark} </span>
          <span class="dw-hidden">{direction} </span>
          {amount} {since}
        </>
      )}
    </span>
  );
}
