import type { Row } from "./rows";
import type { SortKey } from "./state";

export const SORTABLE = {
  pinned: (row: Row) => (row.pinned ? 0 : 1),
  name: (row: Row) => row.name,
  owner: (row: Row) => row.owner,
  tags: (row: Row) => row.tags.join(" ") || null,
  last_accessed_at: (row: Row) => row.opened,
  created_at: (row: Row) => row.created,
  creation_mode: (row: Row) => row.mode,
} satisfies Record<string, (row: Row) => string | number | null>;

export type Sortable = keyof typeof SORTABLE;

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Rows by several columns; what is missing comes last either way, and ties keep their order. */
export function sortRows(rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] {
  const known = keys.flatMap(({ column, descending }) => {
    return column in SORTABLE
      ? [{ value: SORTABLE[column as Sortable], sign: descending ? -1 : 1 }]
      : [];
  });
  if (known.length === 0) return rows;
  return [...rows].sort((a, b) => {
    for (const { value, sign } of known) {
      const order = compare(value(a), value(b), sign);
      if (order) return order;
    }
    return 0;
  });
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * natural.compare(String(a), String(b));
}

/** What a click on a header asks for: up, down, as read. Shift keeps the other columns. */
export function nextSort(keys: readonly SortKey[], column: Sortable, keep: boolean): SortKey[] {
  const now = keys.find((key) => key.column === column);
  const others = keep ? keys.filter((key) => key !== now) : [];
  if (!now) return [...others, { column, descending: false }];
  return now.descending ? [...others] : [...others, { column, descending: true }];
}
