import { useSignal, useSignalEffect } from "@preact/signals";
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Head } from "./head";
import { pressInTable } from "./keyboard";
import { TableRow } from "./row";
import type { View } from "./view";

export const ROW_HEIGHT = 34;
/** So many rows are all drawn; more are drawn as they are scrolled to. */
const DRAWN_WHOLE = 200;
const COLUMNS = 8;

export function Table({ view }: { view: View }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = view.shown.value;
  const [from, to] = useWindow(scroller, rows.length);
  useFocus(scroller, view);
  const now = Date.now();

  return (
    <div
      ref={scroller}
      class="dw-scroll"
      onKeyDown={(event) => {
        if (isRow(event.target) && pressInTable(event, view)) event.preventDefault();
      }}
    >
      <table aria-label="Dashboards" aria-rowcount={rows.length + 1} aria-multiselectable="true">
        <Head view={view} />
        <tbody>
          <Gap height={from * ROW_HEIGHT} />
          {rows.slice(from, to).map((row, nth) => (
            <TableRow key={row.id} row={row} at={from + nth} now={now} view={view} />
          ))}
          <Gap height={(rows.length - to) * ROW_HEIGHT} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS} style={{ height, padding: 0 }} />
    </tr>
  );
}

/** Which rows are to be drawn: all of a few, those in sight of many. */
function useWindow(scroller: RefObject<HTMLElement | null>, count: number): [number, number] {
  const changed = useSignal(0);
  changed.value;
  const virtualizer = useMemo(
    () =>
      new Virtualizer<HTMLElement, Element>({
        count,
        getScrollElement: () => scroller.current,
        estimateSize: () => ROW_HEIGHT,
        overscan: 12,
        observeElementRect,
        observeElementOffset,
        scrollToFn: elementScroll,
        onChange: () => (changed.value += 1),
      }),
    [],
  );
  virtualizer.setOptions({ ...virtualizer.options, count });
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  if (count <= DRAWN_WHOLE) return [0, count];
  const items = virtualizer.getVirtualItems();
  const last = items[items.length - 1];
  return [items[0]?.index ?? 0, last ? last.index + 1 : Math.min(count, 30)];
}

/** The focus follows the active row, but only from row to row: it is never taken from elsewhere. */
function useFocus(scroller: RefObject<HTMLElement | null>, view: View): void {
  useSignalEffect(() => {
    const at = view.active.value;
    const box = scroller.current;
    if (!box || !isRow(box.ownerDocument.activeElement)) return;
    const head = box.querySelector("thead")?.clientHeight ?? 0;
    const top = at * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    const bottom = top + ROW_HEIGHT + head - box.clientHeight;
    if (bottom > box.scrollTop) box.scrollTop = bottom;
    requestAnimationFrame(() =>
      box.querySelector<HTMLElement>(`tr[data-dw-at="${at}"]`)?.focus({ preventScroll: true }),
    );
  });
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLTableRowElement;
}
