import type { Columns } from "./state";

/** One dashboard, as the table draws it. */
export interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly description: string;
  readonly owner: string | null;
  readonly ownerEmail: string | null;
  readonly tags: readonly string[];
  readonly pinned: boolean;
  readonly public: boolean;
  readonly restricted: boolean;
  readonly created: number | null;
  readonly opened: number | null;
  readonly mode: string;
  readonly url: string;
  /** What the search box looks through. */
  readonly text: string;
}

export function rowsOf(columns: Columns): Row[] {
  return columns.id.map((id, at) => {
    const name = columns.name[at] ?? null;
    const description = columns.description[at] ?? "";
    const owner = columns.owner[at] ?? null;
    const tags = columns.tags[at] ?? [];
    return {
      id,
      name,
      description,
      owner,
      ownerEmail: columns.owner_email[at] ?? null,
      tags,
      pinned: columns.pinned[at] ?? false,
      public: columns.public[at] ?? false,
      restricted: columns.restricted[at] ?? false,
      created: moment(columns.created_at[at]),
      opened: moment(columns.last_accessed_at[at]),
      mode: columns.creation_mode[at] ?? "default",
      url: columns.url[at] ?? "",
      text: fold([name, description, owner, ...tags].join("\n")),
    };
  });
}

function moment(iso: string | null | undefined): number | null {
  const found = Date.parse(iso ?? "");
  return Number.isNaN(found) ? null : found;
}

/** Text as it is compared: without accents, in small letters. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

/** Rows that hold every word. */
export function search(rows: readonly Row[], typed: string): readonly Row[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return words.length ? rows.filter((row) => words.every((word) => row.text.includes(word))) : rows;
}
