import { useSignal, type Signal } from "@preact/signals";
import { moved, type Column } from "./columns";
import { memo } from "./memo";
import { TABLE } from "../texts";
import type { View } from "../view";

/** Drawn again for what it shows, and not for every row that is scrolled past. */
export const Head = memo(DrawnHead, (before, after) => before.view === after.view);

function DrawnHead({ view }: { view: View }) {
  const shown = view.shown.value;
  const ids = view.picked.value;
  const picked = ids.size && shown.filter((row) => ids.has(row.id)).length;
  const dragged = useSignal<string | null>(null);
  return (
    <thead>
      <tr>
        <th class="dw-check">
          <input
            type="checkbox"
            aria-label={TABLE.selectAll}
            checked={picked > 0 && picked === shown.length}
            ref={(box) => {
              if (box) box.indeterminate = picked > 0 && picked < shown.length;
            }}
            onChange={() => view.pickShown()}
          />
        </th>
        {view.drawn.value.map((column) => (
          <Heading key={column.name} column={column} view={view} dragged={dragged} />
        ))}
      </tr>
    </thead>
  );
}

function Heading(props: { column: Column; view: View; dragged: Signal<string | null> }) {
  const { column, view, dragged } = props;
  const { name, title, label = title } = column;
  const keys = view.traits.sort.value;
  const at = keys.findIndex((key) => key.column === name);
  const key = keys[at];
  const direction = key ? (key.descending ? "descending" : "ascending") : "none";
  const order = keys.length > 1 && key ? `, ${at + 1} of ${keys.length}` : "";

  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.altKey && step) move(view, column, step);
    else if (event.key === "Enter" || event.key === " ") sort(view, column, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <th
      class={`dw-col-${name} dw-kind-${column.kind}`}
      aria-sort={direction}
      draggable
      data-dw-dragged={dragged.value === name}
      onDragStart={(event) => {
        dragged.value = name;
        event.dataTransfer?.setData("text/plain", label);
      }}
      onDragOver={(event) => dragged.value && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const shown = view.traits.shown.value;
        if (dragged.value) view.show(moved(shown, dragged.value, shown.indexOf(name)));
      }}
      onDragEnd={() => (dragged.value = null)}
    >
      <button
        type="button"
        aria-label={key ? TABLE.sortedHeading(label, direction, order) : label}
        title={TABLE.sortHint(label)}
        onClick={(event) => sort(view, column, event.shiftKey)}
        onKeyDown={press}
      >
        {title}
        {key && (
          <span class="dw-order" aria-hidden="true">
            {key.descending ? "↓" : "↑"}
            {keys.length > 1 && <sup>{at + 1}</sup>}
          </span>
        )}
      </button>
    </th>
  );
}

function sort(view: View, column: Column, keep: boolean): void {
  view.sortBy(column.name, keep);
  const keys = view.traits.sort.value.map(
    (key) => `${key.column.replaceAll("_", " ")} ${key.descending ? "descending" : "ascending"}`,
  );
  view.said.value = TABLE.sorted(keys);
}

function move(view: View, column: Column, step: number): void {
  const shown = view.traits.shown.value;
  const to = shown.indexOf(column.name) + step;
  if (to < 0 || to >= shown.length) return;
  view.show(moved(shown, column.name, to));
  view.said.value = TABLE.moved(column.label ?? column.title, to + 1, shown.length);
}
