import { useMemo } from "preact/hooks";
import { rectangle } from "./outline";
import { seriesColor } from "./palette";
import { Plane } from "./plane";
import type { Scale } from "./scale";
import { extentOf, type Trend } from "./series";
import { blocksOf, type Block } from "./stack";
import { useShown } from "./toggles";

/** Columns over time. */
export function Columns({ trend, stacked }: { trend: Trend; stacked: boolean }) {
  const series = useShown(trend.series);
  const { length } = trend.days;
  const blocks = useMemo(() => blocksOf(series, length, stacked), [series, length, stacked]);
  const extent = useMemo(() => extentOf([blocks.map(({ to }) => to)]), [blocks]);
  const label = `Columns over ${length} intervals: ${series.map(({ name }) => name).join(", ")}`;
  return (
    <Plane trend={trend} series={series} extent={extent} fills label={label}>
      {(scale) =>
        [...byLook(blocks)].map(([look, alike]) => (
          <path
            key={look}
            d={alike.map((block) => shape(block, length, scale)).join("")}
            fill={seriesColor(alike[0]?.color ?? 0)}
            opacity={alike[0]?.faint ? 0.45 : 1}
          />
        ))
      }
    </Plane>
  );
}

/** One path for all blocks that look alike: a page is slow with hundreds of elements. */
function byLook(blocks: readonly Block[]): Map<string, Block[]> {
  const looks = new Map<string, Block[]>();
  for (const block of blocks) {
    const look = `${block.color} ${block.faint}`;
    const alike = looks.get(look);
    if (alike) alike.push(block);
    else looks.set(look, [block]);
  }
  return looks;
}

function shape({ x, width, from, to }: Block, length: number, { place }: Scale): string {
  return rectangle(x / length, width / length, place(from), place(to));
}
