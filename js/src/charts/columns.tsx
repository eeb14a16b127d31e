import { useMemo, useRef } from "preact/hooks";
import { useCursor } from "./cursor";
import { shortDay, tick } from "./format";
import { labelled, ticks } from "./scale";
import type { Trend } from "./series";
import { blocksOf } from "./stack";
import { seriesColor, Tip } from "./tip";

const LABELS = 6;

/** Columns over time. */
export function Columns({ trend, stacked }: { trend: Trend; stacked: boolean }) {
  const chart = useRef<HTMLDivElement>(null);
  const length = trend.days.length;
  const at = useCursor(chart, length);
  const blocks = useMemo(() => blocksOf(trend, stacked), [trend, stacked]);
  const ends = blocks.map(({ to }) => to);
  const marks = ticks(Math.min(0, ...ends), Math.max(0, ...ends));
  const bottom = marks[0] ?? 0;
  const span = (marks.at(-1) ?? 1) - bottom;
  const height = (value: number) => `${((value - bottom) / span) * 100}%`;
  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = (currentTarget as HTMLElement).getBoundingClientRect();
    at.value = Math.min(length - 1, Math.max(0, Math.floor(((clientX - left) / width) * length)));
  };

  return (
    <div class="dw-columns" ref={chart}>
      <div class="dw-columns-marks" aria-hidden="true">
        {marks.map((mark) => (
          <span key={mark} style={{ bottom: height(mark) }}>
            {tick(mark)}
          </span>
        ))}
      </div>
      <div class="dw-columns-plot" onPointerMove={point} onPointerLeave={() => (at.value = null)}>
        {marks.map((mark) => (
          <hr key={mark} style={{ bottom: height(mark) }} />
        ))}
        <svg
          role="img"
          aria-label={`Columns over ${length} intervals`}
          viewBox={`0 0 ${length} 1`}
          preserveAspectRatio="none"
        >
          {at.value !== null && <rect class="dw-columns-at" x={at.value} width="1" height="1" />}
          {blocks.map(({ color, faint, x, width, from, to }, index) => (
            <rect
              key={index}
              x={x}
              width={width}
              y={1 - (Math.max(from, to) - bottom) / span}
              height={Math.abs(to - from) / span}
              fill={seriesColor(color)}
              opacity={faint ? 0.45 : 1}
            />
          ))}
        </svg>
        {at.value !== null && <Tip trend={trend} at={at.value} left={(at.value + 0.5) / length} />}
      </div>
      <Days days={trend.days} />
    </div>
  );
}

function Days({ days }: { days: string[] }) {
  const oneDay = days[0]?.slice(0, 10) === days.at(-1)?.slice(0, 10);
  return (
    <div class="dw-columns-days" aria-hidden="true">
      {labelled(days.length, LABELS).map((index) => (
        <span key={index} style={{ left: `${((index + 0.5) / days.length) * 100}%` }}>
          {shortDay(days[index] ?? "", oneDay)}
        </span>
      ))}
    </div>
  );
}
