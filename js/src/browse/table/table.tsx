import { useSignal, useSignalEffect } from "@preact/signals";
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import { Fragment, type RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { widthOf } from "./columns";
import { Detail } from "../detail/detail";
import { Head } from "./head";
import { pressInTable } from "../keyboard";
import { TableRow } from "./row";
import type { Row } from "./rows";
import { TABLE } from "../texts";
import type { View } from "../view";

const ROW_HEIGHT = 34;
/** So many rows are all drawn; more are drawn as they are scrolled to. */
const DRAWN_WHOLE = 100;
/** Rows that are drawn or not together. */
const BLOCK = 8;

export function Table({ view }: { view: View }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = view.shown.value;
  const columns = view.drawn.value;
  const span = columns.length + 1;
  const drawn = useWindow(scroller, rows, view);
  useFocus(scroller, view);

  return (
    <div
      ref={scroller}
      class="dw-scroll"
      onKeyDown={(event) => {
        if (isRow(event.target) && pressInTable(event, view)) event.preventDefault();
      }}
    >
      <table
        role="grid"
        aria-label={TABLE.label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        style={{ minWidth: `${widthOf(columns)}px` }}
      >
        <colgroup>
          <col class="dw-check" />
          {columns.map(({ name, width }) => (
            <col key={name} style={width ? { width: `${width}px` } : undefined} />
          ))}
        </colgroup>
        <Head view={view} />
        <tbody>
          <Gap height={drawn.above} span={span} />
          {rows.slice(drawn.from, drawn.to).map((row, nth) => (
            <Fragment key={row.id}>
              <TableRow row={row} at={drawn.from + nth} columns={columns} view={view} />
              {view.opened.value.has(row.id) && (
                <Detail
                  row={row}
                  span={span}
                  view={view}
                  measured={(height) => drawn.measured(row.id, height)}
                />
              )}
            </Fragment>
          ))}
          <Gap height={drawn.below} span={span} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" class="dw-gap">
      <td colSpan={span} style={{ height: `${height}px`, padding: 0 }} />
    </tr>
  );
}

interface Drawn {
  from: number;
  to: number;
  /** Pixels of rows that are not drawn. */
  above: number;
  below: number;
  measured(id: number, height: number): void;
}

/** Which rows are to be drawn: all of a few, those in sight of many. */
function useWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  view: View,
): Drawn {
  const range = useSignal("");
  const changed = useSignal(0);
  range.value;
  changed.value;
  const heights = useMemo(() => new Map<number, number>(), []);
  const now = useRef(rows);
  now.current = rows;
  const estimateSize = (at: number) => {
    const id = now.current[at]?.id ?? -1;
    return ROW_HEIGHT + (view.opened.peek().has(id) ? (heights.get(id) ?? 0) : 0);
  };
  const virtualizer = useMemo(
    () =>
      new Virtualizer<HTMLElement, Element>({
        count: rows.length,
        getScrollElement: () => scroller.current,
        estimateSize,
        overscan: 8,
        observeElementRect,
        observeElementOffset,
        scrollToFn: elementScroll,
        // Most steps of a scroll leave the same blocks in sight, and nothing to draw.
        onChange: (now) => (range.value = blocks(now).join()),
      }),
    [],
  );
  virtualizer.setOptions({ ...virtualizer.options, count: rows.length });
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  const isOpen = view.opened.value.size > 0;
  // The same number of rows may be others now, with other ones open among them.
  useLayoutEffect(() => {
    if (isOpen) virtualizer.measure();
  }, [rows, view.opened.value]);

  const measured = (id: number, height: number) => {
    if (heights.get(id) === height) return;
    heights.set(id, height);
    virtualizer.measure();
    changed.value += 1;
  };
  if (rows.length <= DRAWN_WHOLE) return { from: 0, to: rows.length, above: 0, below: 0, measured };
  const [from, to] = blocks(virtualizer);
  const places = virtualizer.measurementsCache;
  const [first, last] = [places[from], places[to - 1]];
  if (!first || !last) {
    const few = Math.min(rows.length, 30);
    return { from: 0, to: few, above: 0, below: (rows.length - few) * ROW_HEIGHT, measured };
  }
  const below = virtualizer.getTotalSize() - last.end;
  return { from, to, above: first.start, below, measured };
}

/** Rows in sight and around it, from and to, in whole blocks. */
function blocks(virtualizer: Virtualizer<HTMLElement, Element>): [number, number] {
  const items = virtualizer.getVirtualItems();
  const from = Math.floor((items[0]?.index ?? 0) / BLOCK) * BLOCK;
  const to = Math.ceil(((items[items.length - 1]?.index ?? -1) + 1) / BLOCK) * BLOCK;
  return [from, Math.min(to, virtualizer.options.count)];
}

/** The focus follows the active row, but only from row to row: it is never taken from elsewhere. */
function useFocus(scroller: RefObject<HTMLElement | null>, view: View): void {
  useSignalEffect(() => {
    const at = view.active.value;
    const box = scroller.current;
    if (!box || !isRow(box.ownerDocument.activeElement)) return;
    // Asked again in the next frame: two keys may come before one is drawn.
    const find = () => box.querySelector<HTMLElement>(`tr[data-dw-at="${view.active.peek()}"]`);
    const head = box.querySelector("thead")?.clientHeight ?? 0;
    const top = find()?.offsetTop ?? head + at * ROW_HEIGHT;
    if (top - head < box.scrollTop) box.scrollTop = top - head;
    const bottom = top + ROW_HEIGHT - box.clientHeight;
    if (bottom > box.scrollTop) box.scrollTop = bottom;
    requestAnimationFrame(() => find()?.focus({ preventScroll: true }));
  });
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLTableRowElement;
}
