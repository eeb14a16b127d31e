import "uplot/dist/uPlot.min.css";
import { useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useCursor } from "./cursor";
import { plotData, plotOptions } from "./plot";
import type { Trend } from "./series";
import { Tip } from "./tip";

/** Lines over time. */
export function Line({ trend, filled }: { trend: Trend; filled: boolean }) {
  const canvas = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const at = useCursor(canvas, trend.days.length);
  const left = useSignal(0);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => {
      plot.current?.destroy();
      const options = plotOptions(trend, filled, getComputedStyle(element));
      const hooks = { setCursor: [({ cursor }: uPlot) => (at.value = cursor.idx ?? null)] };
      plot.current = new uPlot({ ...options, ...extent(element), hooks }, plotData(trend), element);
    };
    draw();
    const resized = new ResizeObserver(() => plot.current?.setSize(extent(element)));
    resized.observe(element);
    const themed = new MutationObserver(draw); // a canvas keeps the colours it was drawn in
    const root = element.closest(".dw");
    if (root) themed.observe(root, { attributes: true, attributeFilter: ["data-dw-theme"] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [trend, filled]);

  useSignalEffect(() => {
    const { current } = plot;
    if (!current) return;
    const index = at.value;
    const x = index === null ? -10 : current.valToPos(index, "x");
    if (index !== null) left.value = (x + current.over.offsetLeft) / current.width;
    if (current.cursor.idx !== index) current.setCursor({ left: x, top: 0 });
  });

  return (
    <div class="dw-line">
      <div class="dw-line-canvas" ref={canvas} role="img" aria-label={summary(trend)} />
      {at.value !== null && <Tip trend={trend} at={at.value} left={left.value} />}
    </div>
  );
}

function extent(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}

function summary({ days, series }: Trend): string {
  return `Lines over ${days.length} intervals: ${series.map(({ name }) => name).join(", ")}`;
}
