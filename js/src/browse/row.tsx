import { memo } from "./memo";
import { age, exact, neglect } from "./age";
import { open } from "./keyboard";
import type { Row } from "./rows";
import type { View } from "./view";

interface Props {
  row: Row;
  at: number;
  now: number;
  view: View;
}

export const TableRow = memo(
  function TableRow({ row, at, now, view }: Props) {
    const isPicked = view.picked.value.has(row.id);
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
        onDblClick={() => open(row.url)}
      >
        <td class="dw-check">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select ${row.name ?? "unnamed dashboard"}`}
            checked={isPicked}
            onClick={(event) => {
              event.stopPropagation();
              view.pick(row.id, event.shiftKey ? "range" : "toggle");
            }}
          />
        </td>
        <td class="dw-col-pinned">{row.pinned && <span title="Pinned">★</span>}</td>
        <td class="dw-col-name" title={[row.name, row.description].filter(Boolean).join("\n")}>
          <Name row={row} />
        </td>
        <td class="dw-col-owner" title={row.ownerEmail ?? undefined}>
          <span class="dw-initials" aria-hidden="true">
            {initials(row.owner)}
          </span>
          {row.owner ?? "nobody"}
        </td>
        <td class="dw-col-tags" title={row.tags.join(", ")}>
          {row.tags.map((tag) => (
            <span key={tag} class="dw-chip">
              {tag}
            </span>
          ))}
        </td>
        <td class="dw-col-last_accessed_at" title={exact(row.opened)}>
          <span class="dw-age" aria-hidden="true">
            <span style={{ width: `${100 * neglect(row.opened, now)}%` }} />
          </span>
          {age(row.opened, now)}
        </td>
        <td class="dw-col-creation_mode">{row.mode}</td>
      </tr>
    );
  },
  (before, after) => before.row === after.row && before.at === after.at,
);

function Name({ row }: { row: Row }) {
  return (
    <span class="dw-name">
      <b>{row.name || <i>unnamed</i>}</b>
      {row.public && <span class="dw-chip dw-warn">public</span>}
      {row.restricted && <span class="dw-chip">restricted</span>}
      {row.description && <span class="dw-second">· {row.description}</span>}
    </span>
  );
}

function initials(owner: string | null): string {
  if (!owner) return "–";
  const words = owner.split(/[\s@.]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}

function gesture(event: MouseEvent) {
  if (event.shiftKey) return "range";
  return event.ctrlKey || event.metaKey ? "toggle" : "only";
}
