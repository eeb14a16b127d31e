import type { Sortable } from "./sort";
import type { View } from "./view";

const COLUMNS: { name: Sortable; title: string; label?: string }[] = [
  { name: "pinned", title: "★", label: "Pinned" },
  { name: "name", title: "Dashboard" },
  { name: "owner", title: "Owner" },
  { name: "tags", title: "Tags" },
  { name: "last_accessed_at", title: "Last opened" },
  { name: "creation_mode", title: "Made as" },
];

export function Head({ view }: { view: View }) {
  const shown = view.shown.value;
  const picked = shown.filter((row) => view.picked.value.has(row.id)).length;
  return (
    <thead>
      <tr>
        <th class="dw-check">
          <input
            type="checkbox"
            aria-label="Select all shown"
            checked={picked > 0 && picked === shown.length}
            ref={(box) => {
              if (box) box.indeterminate = picked > 0 && picked < shown.length;
            }}
            onChange={() => view.pickShown()}
          />
        </th>
        {COLUMNS.map((column) => (
          <Heading key={column.name} {...column} view={view} />
        ))}
      </tr>
    </thead>
  );
}

function Heading(props: { name: Sortable; title: string; label?: string; view: View }) {
  const { name, title, label, view } = props;
  const keys = view.sort.value;
  const at = keys.findIndex((key) => key.column === name);
  const key = keys[at];
  const direction = key ? (key.descending ? "descending" : "ascending") : "none";
  return (
    <th class={`dw-col-${name}`} aria-sort={direction}>
      <button
        type="button"
        aria-label={label ?? title}
        title={`Sort by ${(label ?? title).toLowerCase()}; Shift adds a column`}
        onClick={(event) => view.sortBy(name, event.shiftKey)}
      >
        {title}
        {key && (
          <span aria-hidden="true">
            {key.descending ? " ↓" : " ↑"}
            {keys.length > 1 && <sup>{at + 1}</sup>}
          </span>
        )}
      </button>
    </th>
  );
}
