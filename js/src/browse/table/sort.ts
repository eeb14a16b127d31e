import type { ColumnName } from "./columns";
import { gravity } from "../findings";
import type { Row } from "./rows";
import type { SortKey } from "../state";

type Value = string | number | null;

/** What a column is sorted by, where it is not what it holds. */
const VALUES: Partial<Record<ColumnName, (row: Row) => Value>> = {
  pinned: (row) => (row.pinned ? 0 : 1),
  public: (row) => (row.public ? 0 : 1),
  tags: (row) => row.tags.join(" ") || null,
  description: (row) => row.description || null,
  findings: (row) => row.findings && -gravity(row.findings),
};

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const known = new WeakMap<readonly Row[], Map<string, Float64Array>>();

/** Rows by several columns; what is missing comes last either way, and ties keep their order. */
export function sortRows(rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] {
  const orders = keys.flatMap(({ column, descending }) => {
    const ranks = ranksOf(rows, column as ColumnName);
    return ranks ? [{ ranks, sign: descending ? -1 : 1 }] : [];
  });
  if (orders.length === 0) return rows;
  const places = rows.map((_, at) => at).sort((a, b) => {
    for (const { ranks, sign } of orders) {
      const [left, right] = [ranks[a]!, ranks[b]!];
      if (left === right) continue;
      if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
      if (left !== right && !Number.isNaN(left)) return sign * (left - right);
    }
    return a - b;
  });
  return places.map((at) => rows[at]!);
}

/** Numbers that sort as the column does; texts are compared once, however often they are sorted. */
function ranksOf(rows: readonly Row[], column: ColumnName): Float64Array | undefined {
  const first = rows[0];
  if (!first || !(column in first)) return undefined;
  const ranks = known.get(rows) ?? new Map<string, Float64Array>();
  known.set(rows, ranks);
  const found = ranks.get(column);
  if (found) return found;
  const value = VALUES[column] ?? ((row: Row) => row[column] as Value);
  const values = rows.map(value);
  const texts = [...new Set(values)].filter((one) => typeof one === "string");
  const order = new Map<Value, number>();
  let rank = 0;
  texts.sort(natural.compare).forEach((text, at) => {
    if (at > 0 && natural.compare(texts[at - 1]!, text) !== 0) rank += 1;
    order.set(text, rank);
  });
  const made = Float64Array.from(values, (one) =>
    one === null || one === undefined ? NaN : typeof one === "string" ? order.get(one)! : +one,
  );
  ranks.set(column, made);
  return made;
}

/** What a click on a header asks for: up, down, as read. Shift keeps the other columns. */
export function nextSort(keys: readonly SortKey[], column: string, keep: boolean): SortKey[] {
  const now = keys.find((key) => key.column === column);
  const next = !now
    ? { column, descending: false }
    : now.descending
      ? undefined
      : { column, descending: true };
  if (!keep) return next ? [next] : [];
  // A column that turns round keeps its rank among the others.
  if (!now) return [...keys, { column, descending: false }];
  return keys.flatMap((key) => (key === now ? (next ?? []) : key));
}
