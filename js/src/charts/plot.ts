import uPlot from "uplot";
import { shortDay, tick } from "./format";
import { labelled } from "./scale";
import { lonely, type Trend } from "./series";
import { seriesToken } from "./tip";

const LABEL_WIDTH = 64;
const DIGIT_WIDTH = 7;

/** Indices as x: what the server calls a day is drawn as it is named, in no time zone. */
export function plotData({ days, series }: Trend): uPlot.AlignedData {
  return [days.map((_, index) => index), ...series.map(({ data }) => data)];
}

/** Everything but the size, in the colours that `style` has now. */
export function plotOptions(
  trend: Trend,
  filled: boolean,
  style: CSSStyleDeclaration,
): Omit<uPlot.Options, "width" | "height"> {
  const color = (token: string) => style.getPropertyValue(token).trim();
  const font = `11px ${style.fontFamily}`;
  const last = Math.max(1, trend.days.length - 1);
  const oneDay = trend.days[0]?.slice(0, 10) === trend.days.at(-1)?.slice(0, 10);
  const axis = { font, stroke: color("--dw-ink-2"), ticks: { show: false } };
  return {
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: [0, last] },
      y: { range: { min: { pad: 0.1, soft: 0, mode: 1 }, max: { pad: 0.1, soft: 0, mode: 1 } } },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        gap: 6,
        splits: (plot) =>
          labelled(trend.days.length, Math.floor(plot.bbox.width / devicePixelRatio / LABEL_WIDTH)),
        values: (_, at) => at.map((index) => shortDay(trend.days[index] ?? "", oneDay)),
      },
      {
        ...axis,
        grid: { stroke: color("--dw-line"), width: 1 },
        gap: 6,
        size: (_, labels) => 12 + DIGIT_WIDTH * Math.max(0, ...(labels ?? []).map((l) => l.length)),
        values: (_, at) => at.map(tick),
        space: 40,
      },
    ],
    series: [
      {},
      ...trend.series.map((series, rank): uPlot.Series => {
        const stroke = color(seriesToken(series.color));
        return {
          label: series.name,
          stroke,
          width: 1.5,
          spanGaps: false,
          points: { show: false, size: 5, fill: stroke, filter: () => lonely(series.data) },
          ...(filled || rank === 0 ? { fill: `${stroke}1f` } : {}),
          ...(series.previous ? { dash: [4, 4] } : {}),
        };
      }),
    ],
  };
}
