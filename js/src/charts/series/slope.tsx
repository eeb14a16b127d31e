import { useMemo } from "preact/hooks";
import { day } from "../numbers/format";
import { SIDE } from "../plane/outline";
import { seriesColor } from "../colors/palette";
import { scaleOf } from "../plane/scale";
import { extentOf, type Trend } from "./series";
import { useShown } from "../interaction/toggles";
import { written } from "../numbers/unit";

const GAP = 0.09;

/** From the first interval to the last: what lies between is not drawn. */
export function Slope({ trend }: { trend: Trend }) {
  const { days, unit } = trend;
  const shown = useShown(trend.series);
  const ends = useMemo(
    () =>
      shown.flatMap(({ name, color, previous, data }) => {
        const [from, to] = [data[0], data.at(-1)];
        return from == null || to == null ? [] : [{ name, color, previous, from, to }];
      }),
    [shown],
  );
  const [low, high] = extentOf(ends.map(({ from, to }) => [from, to]));
  const { place } = scaleOf(low, high, 4);
  const starts = apart(ends.map(({ from }) => place(from)));
  const stops = apart(ends.map(({ to }) => place(to)));
  return (
    <div class="dw-slope">
      <ul class="dw-slope-side" aria-hidden="true">
        {ends.map(({ from }, index) => (
          <li key={index} style={{ bottom: `${(starts[index] ?? 0) * 100}%` }}>
            {written(from, unit)}
          </li>
        ))}
      </ul>
      <svg
        role="img"
        aria-label={`Change from ${day(days[0] ?? "")} to ${day(days.at(-1) ?? "")}`}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        preserveAspectRatio="none"
      >
        {ends.map(({ name, color, previous, from, to }) => (
          <g key={name} class="dw-stroke" style={{ "--color": seriesColor(color) }}>
            <path
              data-dw-previous={previous || undefined}
              d={`M0,${(1 - place(from)) * SIDE}L${SIDE},${(1 - place(to)) * SIDE}`}
            />
            <path
              class="dw-stroke-dots"
              d={`M0,${(1 - place(from)) * SIDE}h0M${SIDE},${(1 - place(to)) * SIDE}h0`}
            />
          </g>
        ))}
      </svg>
      <ul class="dw-slope-side" data-dw-end aria-hidden="true">
        {ends.map(({ name, to }, index) => (
          <li key={index} style={{ bottom: `${(stops[index] ?? 0) * 100}%` }} title={name}>
            <b>{written(to, unit)}</b> {name}
          </li>
        ))}
      </ul>
      <span class="dw-slope-day">{day(days[0] ?? "")}</span>
      <span class="dw-slope-day" data-dw-end>
        {day(days.at(-1) ?? "")}
      </span>
    </div>
  );
}

/** Places of labels, 0 to 1, moved up until none lies over another. */
export function apart(places: readonly number[]): number[] {
  const order = places.map((_, index) => index);
  order.sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
  const moved = [...places];
  const gap = Math.min(GAP, 1 / Math.max(1, places.length));
  let floor = -Infinity;
  for (const index of order) {
    moved[index] = floor = Math.max(places[index] ?? 0, floor + gap);
  }
  const over = Math.max(0, floor - 1);
  return over === 0 ? moved : moved.map((place) => Math.max(0, place - over));
}
