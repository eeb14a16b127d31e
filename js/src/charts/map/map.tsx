import { useMemo, useRef } from "preact/hooks";
import { useCursor } from "../interaction/cursor";
import { Meter } from "../totals/meter";
import { Tip } from "../interaction/tip";
import { written, type Unit } from "../numbers/unit";
import type { Place } from "../totals/values";
import { centre, outlines, SIZE } from "./world";

/** Countries, the more the darker, and all of them ranked beside. */
export function WorldMap({ places, unit }: { places: Place[]; unit: Unit }) {
  const chart = useRef<HTMLDivElement>(null);
  const at = useCursor(chart, places.length);
  const most = Math.max(...places.map(({ value }) => value ?? 0));
  const pointed = at.value === null ? undefined : places[at.value];
  const point = ({ target }: PointerEvent) => {
    const { code } = (target as SVGElement).dataset;
    const index = places.findIndex((place) => place.code !== "" && place.code === code);
    at.value = index < 0 ? null : index;
  };
  const shapes = useMemo(() => {
    const values = new Map(places.map(({ code, value }) => [code, value]));
    return Object.entries(outlines()).map(([code, path]) => {
      const value = values.get(code);
      if (value == null || value <= 0) return <path key={code} d={path} data-code={code} />;
      const style = { "--share": `${Math.round(20 + (80 * value) / most)}%` };
      return <path key={code} d={path} data-code={code} data-dw-known style={style} />;
    });
  }, [places, most]);
  const path = pointed && outlines()[pointed.code];
  return (
    <div class="dw-map" ref={chart}>
      <div class="dw-map-world" onPointerOver={point} onPointerLeave={() => (at.value = null)}>
        <svg role="img" aria-label={`${places.length} countries on a map`} viewBox={SIZE}>
          {shapes}
          {path && <path class="dw-map-at" d={path} />}
        </svg>
        {pointed && (
          <Tip
            title={pointed.name}
            rows={[{ name: "", value: written(pointed.value, unit) }]}
            left={path ? centre(path) : 0.5}
          />
        )}
      </div>
      <ol class="dw-meters">
        {places.map(({ name, value }, index) => (
          <Meter
            key={index}
            name={name}
            amount={written(value, unit)}
            share={most > 0 ? Math.max(0, value ?? 0) / most : 0}
          />
        ))}
      </ol>
    </div>
  );
}
