import { Cell } from "./cells";
import type { Column } from "./columns";
import { memo } from "./memo";
import type { Row } from "./rows";
import { CELL } from "../texts";
import type { View } from "../view";

interface Props {
  row: Row;
  at: number;
  columns: readonly Column[];
  view: View;
}

export const TableRow = memo(
  function TableRow({ row, at, columns, view }: Props) {
    const isPicked = view.picked.value.has(row.id);
    const isOpen = view.opened.value.has(row.id);
    const name = row.name || "unnamed dashboard";
    return (
      <tr
        data-dw-id={row.id}
        data-dw-at={at}
        aria-rowindex={at + 2}
        aria-selected={isPicked}
        tabIndex={view.active.value === at ? 0 : -1}
        onFocus={() => (view.active.value = at)}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => view.pick(row.id, gesture(event))}
        onDblClick={() => (view.traits.opens.value ? view.open(row.id, "open") : view.toggle(row.id))}
      >
        <td class="dw-check">
          <button
            type="button"
            class="dw-expand"
            tabIndex={-1}
            aria-expanded={isOpen}
            aria-label={CELL.tiles(name)}
            onClick={(event) => {
              event.stopPropagation();
              view.toggle(row.id);
            }}
            onDblClick={(event) => event.stopPropagation()}
          />
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={CELL.select(name)}
            checked={isPicked}
            onClick={(event) => {
              event.stopPropagation();
              view.pick(row.id, event.shiftKey ? "range" : "toggle");
            }}
            onDblClick={(event) => event.stopPropagation()}
          />
        </td>
        {columns.map((column) => (
          <Cell key={column.name} column={column} row={row} now={view.now} />
        ))}
      </tr>
    );
  },
  (before, after) =>
    before.row === after.row && before.at === after.at && before.columns === after.columns,
);

function gesture(event: MouseEvent) {
  if (event.shiftKey) return "range";
  return event.ctrlKey || event.metaKey ? "toggle" : "only";
}
