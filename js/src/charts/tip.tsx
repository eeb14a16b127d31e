import { count, day } from "./format";
import type { Trend } from "./series";

const SHOWN = 8;

/** Every series' value at one interval; `left` is its place, 0 to 1. */
export function Tip({ trend, at, left }: { trend: Trend; at: number; left: number }) {
  const style = { "--left": left };
  return (
    <div class="dw-tip" data-dw-side={left > 0.5 ? "left" : "right"} style={style} role="status">
      <div class="dw-tip-day">{day(trend.days[at] ?? "")}</div>
      {trend.series.slice(0, SHOWN).map(({ name, color, data }) => (
        <div class="dw-tip-row" key={name}>
          <Dot color={color} />
          <span>{name}</span>
          <b>{count(data[at] ?? null)}</b>
        </div>
      ))}
      {trend.series.length > SHOWN && <div>and {trend.series.length - SHOWN} more</div>}
    </div>
  );
}

export function Dot({ color }: { color: number }) {
  return <i class="dw-dot" style={{ background: seriesColor(color) }} aria-hidden="true" />;
}

/** Six colours, then they come round again. */
export function seriesColor(rank: number): string {
  return `var(${seriesToken(rank)})`;
}

export function seriesToken(rank: number): string {
  return `--dw-series-${(rank % 6) + 1}`;
}
