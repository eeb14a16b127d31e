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

/** A column whose values repeat: each value once, and which of them every row has. */
interface Coded<Value> {
  of: readonly Value[];
  at: readonly number[];
}

/** Columns as they are sent. */
export type SentColumns = {
  [Name in keyof Columns]: Columns[Name] | Coded<Columns[Name][number]>;
};

export function rowsOf(
  columns: SentColumns,
  address: string,
  report: ReportState | null,
  uses: UsesState | null = null,
): Row[] {
  const found = findingsOf(report);
  const used = usesOf(uses);
  const ids = columns.id as readonly number[];
  // A row reads its columns when it is looked at: of 100,000 rows a screenful is drawn.
  class Listed {
    private folded: string | undefined;
    constructor(
      readonly id: number,
      readonly at: number,
    ) {}
    get url() {
      return `${address}/${this.id}`;
    }
    get findings() {
      return found && (found.has(this.id) ? found.get(this.id) : NOTHING);
    }
    get uses() {
      return used && (used.get(this.id) ?? NO_NAMES);
    }
    get text() {
      const { name, description, owner, tags } = this as unknown as Row;
      return (this.folded ??= fold([name, description, owner, ...tags].join("\n")));
    }
  }
  for (const [name, column] of Object.entries<SentColumns[keyof Columns]>(columns)) {
    if (name === "id") continue;
    const none = name === "tags" ? NO_NAMES : null;
    const get =
      "of" in column
        ? function (this: Listed) {
            return column.of[column.at[this.at]!] ?? none;
          }
        : function (this: Listed) {
            return column[this.at] ?? none;
          };
    Object.defineProperty(Listed.prototype, name, { get });
  }
  return ids.map((id, at) => new Listed(id, at) as unknown as Row);
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
