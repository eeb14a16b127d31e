import { COLUMN_TITLES } from "../texts";
import type { Columns } from "../state";

/** A column that can be drawn. */
export type ColumnName = Exclude<keyof Columns, "restricted"> | "findings";

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** Said in place of a title that is only a sign. */
  readonly label?: string;
  /** In pixels; the one without takes what is left. */
  readonly width?: number;
  readonly kind: "text" | "number" | "time" | "age" | "mark" | "own";
}

export const COLUMNS: readonly Column[] = [
  { name: "pinned", title: "★", label: COLUMN_TITLES.pinned, width: 36, kind: "own" },
  { name: "name", title: COLUMN_TITLES.name, kind: "own" },
  { name: "description", title: COLUMN_TITLES.description, width: 260, kind: "text" },
  { name: "owner", title: COLUMN_TITLES.owner, width: 150, kind: "own" },
  { name: "owner_email", title: COLUMN_TITLES.owner_email, width: 190, kind: "text" },
  { name: "owner_id", title: COLUMN_TITLES.owner_id, width: 80, kind: "number" },
  { name: "tags", title: COLUMN_TITLES.tags, width: 160, kind: "own" },
  { name: "last_accessed_at", title: COLUMN_TITLES.last_accessed_at, width: 190, kind: "age" },
  { name: "last_viewed_at", title: COLUMN_TITLES.last_viewed_at, width: 190, kind: "age" },
  { name: "created_at", title: COLUMN_TITLES.created_at, width: 190, kind: "age" },
  { name: "last_refresh", title: COLUMN_TITLES.last_refresh, width: 150, kind: "time" },
  { name: "public", title: COLUMN_TITLES.public, width: 74, kind: "mark" },
  { name: "creation_mode", title: COLUMN_TITLES.creation_mode, width: 104, kind: "text" },
  { name: "restriction_level", title: COLUMN_TITLES.restriction_level, width: 116, kind: "own" },
  { name: "privilege_level", title: COLUMN_TITLES.privilege_level, width: 84, kind: "own" },
  { name: "access_level", title: COLUMN_TITLES.access_level, width: 90, kind: "text" },
  { name: "access_control", title: COLUMN_TITLES.access_control, width: 96, kind: "text" },
  { name: "id", title: COLUMN_TITLES.id, width: 76, kind: "number" },
  { name: "findings", title: COLUMN_TITLES.findings, width: 270, kind: "own" },
];

const KNOWN = new Map<string, Column>(COLUMNS.map((column) => [column.name, column]));
/** What the name is drawn in, at least. */
const NAME_WIDTH = 200;
const CHECK_WIDTH = 56;
/** What the column somebody looks for gets more, where there is room. */
const SPARE = 120;
/** Given up one after another where there is little room, as long as nobody chose the columns. */
const DROPPED = ["creation_mode", "tags", "owner", "pinned", "last_accessed_at", "findings"];

/** The columns of these names; unknown ones are left out. */
export function columnsNamed(names: readonly string[]): readonly Column[] {
  return names.flatMap((name) => KNOWN.get(name) ?? []);
}

/** How wide the table is at least. */
export function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? NAME_WIDTH), CHECK_WIDTH);
}

/** Columns that have room, the least important given up first; `kept` stays whatever happens. */
export function fitting(
  columns: readonly Column[],
  width: number,
  kept?: string,
): readonly Column[] {
  let left = columns;
  for (const name of DROPPED) {
    if (widthOf(left) <= width) break;
    if (name === kept) continue;
    left = left.filter((column) => column.name !== name);
  }
  const spare = Math.min(width - widthOf(left), SPARE);
  if (spare <= 0) return left;
  return left.map((column) =>
    column.name === kept && column.width ? { ...column, width: column.width + spare } : column,
  );
}

/** A column one place to the left or right, or before another. */
export function moved(names: readonly string[], name: string, to: number): string[] {
  const others = names.filter((other) => other !== name);
  others.splice(Math.max(0, Math.min(others.length, to)), 0, name);
  return others;
}
