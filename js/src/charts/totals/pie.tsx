import { useMemo, useRef } from "preact/hooks";
import { useCursor } from "../interaction/cursor";
import { percent } from "../numbers/format";
import { seriesColor } from "../colors/palette";
import { slicesOf } from "./slices";
import { Dot } from "../interaction/tip";
import { useHidden, useShown } from "../interaction/toggles";
import { written, type Unit } from "../numbers/unit";
import type { Value } from "./values";

/** Shares of a sum; the list beside it names them, and takes them out. */
export function Pie({ values, unit }: { values: Value[]; unit: Unit }) {
  const chart = useRef<HTMLDivElement>(null);
  const at = useCursor(chart, values.length);
  const hidden = useHidden();
  const shown = useShown(values);
  const slices = useMemo(() => slicesOf(shown.map(({ value }) => value)), [shown]);
  const shares = new Map(slices.map(({ index, share }) => [shown[index], share]));
  const pointed = at.value === null ? null : values[at.value];
  return (
    <div class="dw-pie" ref={chart} onPointerLeave={() => (at.value = null)}>
      <svg role="img" aria-label={`Shares of ${values.length} totals`} viewBox="-1.06 -1.06 2.12 2.12">
        {slices.map(({ index, path }) => {
          const value = shown[index];
          if (!value) return null;
          return (
            <path
              key={index}
              d={path}
              fill={seriesColor(value.color)}
              data-dw-at={value === pointed || undefined}
              onPointerEnter={() => (at.value = values.indexOf(value))}
            />
          );
        })}
      </svg>
      <ul>
        {values.map((value, index) => (
          <li key={index} data-dw-at={value === pointed || undefined}>
            <button
              type="button"
              title={value.name}
              aria-pressed={!hidden.names.has(value.name)}
              onPointerEnter={() => (at.value = index)}
              onClick={() => hidden.toggle(value.name)}
            >
              <Dot color={value.color} />
              <span>{value.name}</span>
              <b>{written(value.value, unit)}</b>
              <i>{shares.has(value) ? percent(shares.get(value) ?? null) : ""}</i>
            </button>
          </li>
        ))}
      </ul>
      <p class="dw-hidden" role="status">
        {pointed && `${pointed.name}: ${written(pointed.value, unit)}`}
      </p>
    </div>
  );
}
