import type { Columns, FindingState, ReportState, UsesState } from "../state";
import { usesOf } from "../tools/uses";

/** One dashboard, as the table draws it. */
export type Row = { readonly [Name in keyof Columns]: Columns[Name][number] } & {
  readonly url: string;
  /** What an audit found, the worst first; null: it was not evaluated, or there is no audit. */
  readonly findings: readonly FindingState[] | null;
  /** Names that its tiles depend on; null: not read. */
  readonly uses: readonly string[] | null;
  /** What the search box looks through. */
  readonly text: string;
};

const NOTHING: readonly FindingState[] = [];

const NO_NAMES: readonly string[] = [];

export function rowsOf(
  columns: Columns,
  address: string,
  report: ReportState | null,
  uses: UsesState | null = null,
): Row[] {
  const found = findingsOf(report);
  const used = usesOf(uses);
  const names = Object.keys(columns) as (keyof Columns)[];
  const lists = names.map((name) => columns[name]);
  return columns.id.map((id, at) => {
    const row: Record<string, unknown> = {};
    for (let nth = 0; nth < names.length; nth += 1) row[names[nth]!] = lists[nth]![at] ?? null;
    row["tags"] ??= [];
    row["url"] = `${address}/${id}`;
    row["findings"] = found && (found.has(id) ? found.get(id) : NOTHING);
    row["uses"] = used && (used.get(id) ?? NO_NAMES);
    const { name, description, owner, tags } = row as Row;
    row["text"] = fold([name, description, owner, ...tags].join("\n"));
    return row as Row;
  });
}

function findingsOf(report: ReportState | null): Map<number, FindingState[] | null> | null {
  if (!report) return null;
  const found = new Map<number, FindingState[] | null>();
  for (const finding of report.findings) {
    const own = found.get(finding.dashboard_id);
    if (own) own.push(finding);
    else found.set(finding.dashboard_id, [finding]);
  }
  for (const id of report.unevaluated) if (!found.has(id)) found.set(id, null);
  return found;
}

/** Text as it is compared: without accents, in lower case. */
export function fold(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

/** Rows that hold every word. */
export function search(rows: readonly Row[], typed: string): readonly Row[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return words.length ? rows.filter((row) => words.every((word) => row.text.includes(word))) : rows;
}
