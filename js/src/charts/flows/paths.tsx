import { useMemo, useRef } from "preact/hooks";
import { useCursor } from "../interaction/cursor";
import { duration } from "../numbers/duration";
import { count, plural } from "../numbers/format";
import { flowOf, nameOf, type Link, type Ribbon, type Stop } from "./flow";
import { SIDE } from "../plane/outline";
import { Tip } from "../interaction/tip";
import { useFit } from "../interaction/room";

const NODE = 0.012;
const TALL = 24; // pixels a stop needs for its name

interface PathsProps {
  links: Link[];
  /** Addresses with their host. */
  isWhole?: boolean | undefined;
}

/** Where people went, step by step: ribbons as thick as they are many. */
export function Paths({ links, isWhole = false }: PathsProps) {
  const chart = useRef<HTMLDivElement>(null);
  const { most } = useFit(chart, (_, height) => ({ most: Math.max(3, Math.floor(height / TALL)) }));
  const { stops, ribbons, left, steps } = useMemo(() => flowOf(links, most), [links, most]);
  const named = isWhole ? (name: string) => name : shortened;
  const at = useCursor(chart, ribbons.length);
  const pointed = at.value === null ? undefined : ribbons[at.value];
  const point = ({ target }: PointerEvent) => {
    const { ribbon } = (target as SVGElement).dataset;
    at.value = ribbon === undefined ? null : Number(ribbon);
  };
  return (
    <div class="dw-paths" ref={chart} style={{ "--steps": steps }}>
      <div class="dw-paths-area" onPointerOver={point} onPointerLeave={() => (at.value = null)}>
        <svg
          role="img"
          aria-label={`Paths over ${steps} steps`}
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          preserveAspectRatio="none"
        >
          {ribbons.map((ribbon, index) => (
            <path
              key={index}
              class="dw-paths-ribbon"
              d={band(ribbon)}
              data-ribbon={index}
              data-dw-at={ribbon === pointed || undefined}
            />
          ))}
          {stops.map(({ x, y, height }, index) => (
            <rect
              key={index}
              class="dw-paths-stop"
              x={x * SIDE}
              y={y * SIDE}
              width={NODE * SIDE}
              height={height * SIDE}
            />
          ))}
        </svg>
        {stops.map((stop, index) => (
          <Name key={index} stop={stop} named={named} />
        ))}
        {pointed && <RibbonTip ribbon={pointed} named={named} />}
      </div>
      {left > 0 && <p class="dw-paths-left">{plural(left, "smaller link")} not drawn.</p>}
    </div>
  );
}

type Named = (name: string) => string;

function Name({ stop: { name, x, y, height, value }, named }: { stop: Stop; named: Named }) {
  const style = { left: `${(x + NODE) * 100}%`, top: `${(y + height / 2) * 100}%` };
  return (
    <span class="dw-paths-name" style={style} title={name}>
      {named(name)} <b>{count(value)}</b>
    </span>
  );
}

function RibbonTip({ ribbon: { from, to, link }, named }: { ribbon: Ribbon; named: Named }) {
  const rows = [{ name: "went on", value: count(link.value) }];
  if (link.time !== null) rows.push({ name: "on average after", value: duration(link.time / 1000) });
  const title = `${named(nameOf(link.source))} → ${named(nameOf(link.target))}`;
  return <Tip title={title} rows={rows} left={(from.x + to.x) / 2} />;
}

/** Of an address only its path: the host is the same all over. */
function shortened(name: string): string {
  return name.replace(/^https?:\/\/[^/]+(?=\/)/, "");
}

function band({ from, to, fromY, toY, width }: Ribbon): string {
  const [x0, x1] = [(from.x + NODE) * SIDE, to.x * SIDE];
  const middle = (x0 + x1) / 2;
  const [a, b] = [fromY * SIDE, toY * SIDE];
  const thick = Math.max(1, width * SIDE);
  return (
    `M${x0},${a}C${middle},${a} ${middle},${b} ${x1},${b}` +
    `v${thick}C${middle},${b + thick} ${middle},${a + thick} ${x0},${a + thick}z`
  );
}
