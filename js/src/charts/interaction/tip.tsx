import { day } from "../numbers/format";
import { seriesColor, type Paint } from "../colors/palette";
import type { Series, Trend } from "../series/series";
import { percent } from "../numbers/format";
import { written } from "../numbers/unit";

const SHOWN = 8;

/** What a tip says under its title. */
export interface TipRow {
  name: string;
  value: string;
  color?: Paint;
}

/** A few words beside the mark under the cursor; `left` is its place, 0 to 1. */
export function Tip({ title, rows, left }: { title: string; rows: TipRow[]; left: number }) {
  const style = { "--left": left };
  return (
    <div class="dw-tip" data-dw-side={left > 0.5 ? "left" : "right"} style={style} role="status">
      <div class="dw-tip-title">{title}</div>
      {rows.slice(0, SHOWN).map(({ name, value, color }, index) => (
        <div class="dw-tip-row" key={index}>
          {color !== undefined && <Dot color={color} />}
          <span>{name}</span>
          <b>{value}</b>
        </div>
      ))}
      {rows.length > SHOWN && <div>and {rows.length - SHOWN} more</div>}
    </div>
  );
}

/** Every series' value at one interval. */
export function TrendTip(props: {
  trend: Trend;
  series: readonly Series[];
  at: number;
  left: number;
}) {
  const { trend, series, at, left } = props;
  const rows = series.map(({ name, color, data, whole, unit = trend.unit }): TipRow => {
    const value = data[at] ?? null;
    const share = whole && value !== null ? ` · ${percent(value / whole)}` : "";
    return { name, color, value: written(value, unit) + share };
  });
  const { hasTotal, annotations = [] } = trend.extras ?? {};
  if (hasTotal && rows.length > 1) rows.push(totalOf(trend, series, at));
  const notes = annotations.filter(({ index }) => index === at);
  rows.unshift(...notes.map(({ text }) => ({ name: text, value: "" })));
  const isOpen = series.some(({ open = Infinity }) => at >= open);
  const title = `${day(trend.days[at] ?? "")}${isOpen ? " · not over" : ""}`;
  return <Tip title={title} rows={rows} left={left} />;
}

function totalOf({ unit }: Trend, series: readonly Series[], at: number): TipRow {
  const sum = series.reduce((total, { data }) => total + (data[at] ?? 0), 0);
  return { name: "Total", value: written(sum, unit) };
}

export function Dot({ color }: { color: Paint }) {
  return <i class="dw-dot" style={{ background: seriesColor(color) }} aria-hidden="true" />;
}
