import { words } from "../findings";
import { FACET_TITLES, FACET_VALUES, LAST_OPENED, NO_OWNER } from "../texts";
import type { Row } from "../table/rows";

export type Facets = Readonly<Record<string, readonly string[]>>;

export interface Facet {
  readonly name: string;
  readonly title: string;
  /** The values of a row; it is kept when one of them is wanted. */
  values(row: Row, now: number): readonly string[];
  label?(value: string): string;
  /** Values in their own order; others come by how many rows have them. */
  readonly order?: readonly string[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly wanted: boolean;
}

const DAY = 86_400_000;
const YES_NO = ["yes", "no"];

export const FACETS: readonly Facet[] = [
  {
    name: "owner",
    title: FACET_TITLES.owner,
    values: (row) => [row.owner ?? ""],
    label: (value) => value || NO_OWNER,
  },
  {
    name: "tags",
    title: FACET_TITLES.tags,
    values: (row) => (row.tags.length ? row.tags : [""]),
    label: (value) => value || FACET_VALUES.noTags,
  },
  {
    name: "last_accessed_at",
    title: FACET_TITLES.last_accessed_at,
    values: (row, now) => [range(row.last_accessed_at, now)],
    label: (value) => LAST_OPENED.find(([name]) => name === value)?.[2] ?? value,
    order: [...LAST_OPENED.map(([name]) => name), "never"],
  },
  {
    name: "pinned",
    title: FACET_TITLES.pinned,
    values: (row) => [row.pinned ? "yes" : "no"],
    label: (value) => (value === "yes" ? FACET_VALUES.pinned : FACET_VALUES.notPinned),
    order: YES_NO,
  },
  {
    name: "public",
    title: FACET_TITLES.public,
    values: (row) => [row.public ? "yes" : "no"],
    label: (value) => (value === "yes" ? FACET_VALUES.public : FACET_VALUES.notPublic),
    order: YES_NO,
  },
  {
    name: "restriction_level",
    title: FACET_TITLES.restriction_level,
    values: (row) => [row.restricted ? "collaborators" : "everyone"],
    label: (value) => (value === "everyone" ? value : FACET_VALUES.onlyCollaborators),
    order: ["everyone", "collaborators"],
  },
  {
    name: "creation_mode",
    title: FACET_TITLES.creation_mode,
    values: (row) => [row.creation_mode ?? "default"],
  },
  {
    name: "findings",
    title: FACET_TITLES.findings,
    values: (row) => {
      if (!row.findings) return [FACET_VALUES.notEvaluated];
      return row.findings.length
        ? [...new Set(row.findings.map(({ rule }) => rule))]
        : [FACET_VALUES.noFindings];
    },
    label: words,
  },
  {
    name: "uses",
    title: FACET_TITLES.uses,
    values: (row) => row.uses ?? [],
  },
];

function range(opened: number | null, now: number): string {
  if (opened === null) return "never";
  const days = (now - opened) / DAY;
  return LAST_OPENED.find(([, most]) => days <= most)?.[0] ?? "older";
}

/** Rows that have a wanted value of every facet; those of one facet are alternatives. */
export function narrow(
  rows: readonly Row[],
  facets: Facets,
  now: number,
  except?: string,
): readonly Row[] {
  const active = FACETS.flatMap((facet) => {
    const wanted = facets[facet.name];
    return wanted?.length && facet.name !== except ? [{ facet, wanted: new Set(wanted) }] : [];
  });
  if (active.length === 0) return rows;
  return rows.filter((row) =>
    active.every(({ facet, wanted }) => facet.values(row, now).some((one) => wanted.has(one))),
  );
}

/** What can be chosen of a facet, and how many rows each choice leaves beside the other facets. */
export function choices(
  rows: readonly Row[],
  facets: Facets,
  facet: Facet,
  now: number,
): readonly Choice[] {
  const wanted = new Set(facets[facet.name] ?? []);
  const counts = new Map<string, number>([...(facet.order ?? []), ...wanted].map((v) => [v, 0]));
  for (const row of narrow(rows, facets, now, facet.name))
    for (const value of facet.values(row, now)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const found = [...counts].map(([value, count]) => ({
    value,
    count,
    label: labelOf(facet, value),
    wanted: wanted.has(value),
  }));
  return facet.order ? found : found.sort((a, b) => b.count - a.count);
}

export function labelOf(facet: Facet, value: string): string {
  return facet.label?.(value) ?? value;
}

/** The facets with a value wanted or not any more; an empty facet is left out. */
export function toggled(facets: Facets, name: string, value: string): Record<string, string[]> {
  const now = facets[name] ?? [];
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  const others = Object.entries(facets).filter(([other]) => other !== name);
  const kept = next.length ? [...others, [name, next] as const] : others;
  return Object.fromEntries(kept.map(([key, values]) => [key, [...values]]));
}
