import { useSignalEffect } from "@preact/signals";
import { Fragment, type RefObject } from "preact";
import { useRef } from "preact/hooks";
import { widthOf } from "./columns";
import { Detail } from "../detail/detail";
import { Head } from "./head";
import { pressInTable } from "../keyboard";
import { TableRow } from "./row";
import { TABLE } from "../texts";
import type { View } from "../view";
import { ROW_HEIGHT, useWindow } from "./window";

export function Table({ view }: { view: View }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = view.shown.value;
  const columns = view.drawn.value;
  const span = columns.length + 1;
  const { window, look, measured } = useWindow(scroller, view);
  useFocus(scroller, view);

  return (
    <div
      ref={scroller}
      class="dw-scroll"
      onScroll={look}
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
          <Gap height={window.above} span={span} />
          {rows.slice(window.from, window.to).map((row, nth) => (
            <Fragment key={row.id}>
              <TableRow row={row} at={window.from + nth} columns={columns} view={view} />
              {view.opened.value.has(row.id) && (
                <Detail
                  row={row}
                  span={span}
                  view={view}
                  measured={(height) => measured(row.id, height)}
                />
              )}
            </Fragment>
          ))}
          <Gap height={window.below} span={span} />
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
