import type { SmallTile } from "../state";
import { UNNAMED } from "../texts";

const [WIDTH, HEIGHT] = [100, 32];

/** A tile drawn small: its number, and its series or bars. */
export function Small({ tile }: { tile: SmallTile }) {
  const { name, text, value, what, lines, bars } = tile;
  return (
    <li class="dw-small">
      <bdi class="dw-clip" title={name ?? undefined}>
        {name ?? (text || UNNAMED)}
      </bdi>
      {value && <b class="dw-value">{value}</b>}
      {what && <span class="dw-second">{what}</span>}
      {lines.length + bars.length > 0 && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {lines.length > 0 ? <Lines lines={lines} /> : <Bars bars={bars} />}
        </svg>
      )}
    </li>
  );
}

function Lines({ lines }: Pick<SmallTile, "lines">) {
  const known = lines.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  return (
    <>
      {lines.map((values, nth) => {
        let pen = "M";
        const path = values.map((value, at) => {
          if (value === null) {
            pen = "M";
            return "";
          }
          const x = (WIDTH * at) / Math.max(1, values.length - 1);
          const y = HEIGHT - 1 - ((value - low) / (high - low || 1)) * (HEIGHT - 2);
          const step = `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
          pen = "L";
          return step;
        });
        return <path key={nth} d={path.join("")} style={{ stroke: `var(--dw-series-${nth + 1})` }} />;
      })}
    </>
  );
}

function Bars({ bars }: Pick<SmallTile, "bars">) {
  const high = Math.max(0, ...bars) || 1;
  const step = WIDTH / bars.length;
  return (
    <>
      {bars.map((value, nth) => {
        const height = (Math.max(0, value) / high) * HEIGHT;
        return <rect key={nth} x={nth * step} y={HEIGHT - height} width={step * 0.8} height={height} />;
      })}
    </>
  );
}
