import { useMemo } from "preact/hooks";
import { sided, type LinesProps } from "./line";
import { rectangle, SIDE } from "./outline";
import { seriesColor } from "../colors/palette";
import { extentsOf } from "../series/series";
import { alone, blocksOf, type Block } from "./stack";
import { Strokes } from "./strokes";
import { useShown } from "../interaction/toggles";

/** Columns over time; series of another shape are lines over them. */
export function Columns({ trend, stacked, Plane }: LinesProps) {
  const series = useShown(trend.series);
  const { length } = trend.days;
  const blocks = useMemo(() => {
    return blocksOf(series.filter(({ shape }) => !shape), length, stacked);
  }, [series, length, stacked]);
  const layers = useMemo(() => series.filter(({ shape }) => shape).map(alone), [series]);
  const extents = useMemo(() => {
    const tops = blocks.map(({ right, to }) => ({ right, data: [to] }));
    return extentsOf([...tops, ...layers.map(sided)]);
  }, [blocks, layers]);
  const label = `Columns over ${length} intervals: ${series.map(({ name }) => name).join(", ")}`;
  return (
    <Plane trend={trend} series={series} extents={extents} fills label={label}>
      {(scaleOf) => (
        <>
          {[...byLook(blocks)].map(([look, [first, ...more]]) => {
            const { place } = scaleOf(first);
            const color = seriesColor(first.color);
            return (
              <path
                key={look}
                d={[first, ...more].map((block) => shape(block, length, place)).join("")}
                fill={color}
                opacity={first.faint ? 0.45 : 1}
                class={first.open ? "dw-open" : undefined}
                stroke={first.open ? color : undefined}
              />
            );
          })}
          {layers.length > 0 && (
            <g transform={middles(length)}>
              <Strokes
                layers={layers}
                scaleOf={scaleOf}
                isTinted={({ series: one }) => one.shape === "area"}
              />
            </g>
          )}
        </>
      )}
    </Plane>
  );
}

/** One path for all blocks that look alike: a page is slow with hundreds of elements. */
function byLook(blocks: readonly Block[]): Map<string, [Block, ...Block[]]> {
  const looks = new Map<string, [Block, ...Block[]]>();
  for (const block of blocks) {
    const look = `${block.color} ${block.faint} ${block.open} ${block.right}`;
    const alike = looks.get(look);
    if (alike) alike.push(block);
    else looks.set(look, [block]);
  }
  return looks;
}

function shape({ x, width, from, to }: Block, length: number, place: (value: number) => number) {
  return rectangle(x / length, width / length, place(from), place(to));
}

/** Lines go from edge to edge: here they go from the middle of the first column to the last's. */
export function middles(length: number): string {
  return `translate(${SIDE / 2 / length} 0) scale(${(length - 1) / length} 1)`;
}
