import { expect, test } from "vitest";
import { age, neglect } from "./age";
import { fold, rowsOf, search } from "./rows";
import { fitting, columnsNamed, moved, widthOf } from "./columns";
import { choices, FACETS, narrow, toggled } from "../tools/facets";
import { byRule, gravity } from "../findings";
import type { FindingState, ReportState } from "../state";
import { pick, pickShown, type Selection } from "./selection";
import { nextSort, sortRows } from "./sort";
import { columnsOf } from "../sample";

const NOVEMBER = Date.parse("2026-11-01T00:00:00Z");
const REPORT: ReportState = {
  taken_at: "2026-11-24T12:00:00Z",
  rules: ["stale", "public"],
  unevaluated: [3],
  findings: [
    finding(1, "untagged", "info"),
    finding(1, "stale", "medium"),
    finding(1, "stale", "medium"),
    finding(2, "public", "high"),
  ],
};
const rows = rowsOf(
  columnsOf(
    { name: "Émile 10", owner: "Ines", tags: ["growth"] },
    { name: "emile 9", owner: null, description: "weekly review" },
    { name: null, owner: "Tom", last_accessed_at: NOVEMBER },
  ),
  "https://posthog.example/project/1/dashboard",
  REPORT,
);

function finding(dashboard_id: number, rule: string, severity: string): FindingState {
  return { dashboard_id, rule, severity, tile: null, evidence: "seen", suggestion: "mend it" };
}
const names = (found: readonly { name: string | null }[]) => found.map((row) => row.name);

test("search wants every word, without accents and in any case", () => {
  expect(fold("Émile")).toBe("emile");
  expect(names(search(rows, "EMILE"))).toEqual(["Émile 10", "emile 9"]);
  expect(names(search(rows, "emile review"))).toEqual(["emile 9"]);
  expect(names(search(rows, "growth ines"))).toEqual(["Émile 10"]);
  expect(search(rows, "  ")).toBe(rows);
  expect(search(rows, "nothing")).toEqual([]);
});

test("columns whose values repeat come as codes", () => {
  const plain = columnsOf({ name: "One", tags: ["a"] }, { name: "Two" }, { name: "Three" });
  const coded = {
    ...plain,
    owner: { of: [null, "Ines"], at: [1, 0, 1] },
    tags: { of: [["a"], []], at: [0, 1, 1] },
  };
  const found = rowsOf(coded, "h", null);
  expect(found.map(({ name, owner, tags }) => [name, owner, tags])).toEqual([
    ["One", "Ines", ["a"]],
    ["Two", null, []],
    ["Three", "Ines", []],
  ]);
  expect(search(found, "ines a").map(({ id }) => id)).toEqual([1]);
});

test("names are sorted as people read them; what is missing comes last either way", () => {
  const by = (descending: boolean) => names(sortRows(rows, [{ column: "name", descending }]));
  expect(by(false)).toEqual(["emile 9", "Émile 10", null]);
  expect(by(true)).toEqual(["Émile 10", "emile 9", null]);
  expect(sortRows(rows, [{ column: "no such", descending: false }])).toBe(rows);
});

test("a second column decides ties", () => {
  const keys = [
    { column: "last_accessed_at", descending: false },
    { column: "name", descending: false },
  ];
  expect(names(sortRows(rows, keys))).toEqual([null, "emile 9", "Émile 10"]);
});

test("a header goes up, down and back; Shift keeps the others", () => {
  const up = nextSort([], "name", false);
  expect(up).toEqual([{ column: "name", descending: false }]);
  const down = nextSort(up, "name", false);
  expect(down).toEqual([{ column: "name", descending: true }]);
  expect(nextSort(down, "name", false)).toEqual([]);
  const both = nextSort(up, "owner", true);
  expect(both).toEqual([...up, { column: "owner", descending: false }]);
  expect(nextSort(both, "name", true).map((key) => key.column)).toEqual(["name", "owner"]);
  expect(nextSort(nextSort(both, "name", true), "name", true)).toEqual([both[1]]);
  expect(nextSort(up, "owner", false)).toEqual([{ column: "owner", descending: false }]);
});

const none: Selection = { ids: [], anchor: null };
const shown = [5, 3, 9, 1];

test("a click picks one, a toggle adds, Shift picks a range in the order shown", () => {
  const one = pick(none, 3, "only", shown);
  expect(one).toEqual({ ids: [3], anchor: 3 });
  expect(pick(one, 1, "range", shown).ids).toEqual([3, 9, 1]);
  expect(pick(one, 5, "range", shown).ids).toEqual([3, 5]);
  expect(pick(one, 9, "toggle", shown)).toEqual({ ids: [3, 9], anchor: 9 });
  expect(pick(one, 3, "toggle", shown).ids).toEqual([]);
  expect(pick(none, 9, "range", shown).ids).toEqual([9]);
});

test("all shown are picked or let go; what is hidden stays", () => {
  const hidden: Selection = { ids: [77], anchor: null };
  const all = pickShown(hidden, shown);
  expect(all.ids).toEqual([77, ...shown]);
  expect(pickShown(all, shown).ids).toEqual([77]);
});

test("ages are words, and never is not today", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  const days = (count: number) => now - count * 86_400_000;
  expect(age(null, now)).toBe("never");
  expect(age(days(0.5), now)).toBe("today");
  expect(age(days(1), now)).toBe("1 day ago");
  expect(age(days(49), now)).toBe("7 weeks ago");
  expect(age(days(240), now)).toBe("7 months ago");
  expect(age(days(800), now)).toBe("2 years ago");
  expect(neglect(null, now)).toBe(1);
  expect(neglect(days(5000), now)).toBe(1);
  expect(neglect(days(0), now)).toBe(0);
});

test("what an audit found is with its row; unknown is not nothing", () => {
  expect(rows.map((row) => row.findings?.length ?? null)).toEqual([3, 1, null]);
  expect(byRule(rows[0]!.findings!)).toEqual([
    { rule: "stale", severity: "medium", count: 2 },
    { rule: "untagged", severity: "info", count: 1 },
  ]);
  const worstFirst = sortRows(rows, [{ column: "findings", descending: false }]);
  expect(worstFirst.map((row) => row.id)).toEqual([2, 1, 3]);
  expect(gravity([])).toBe(0);
});

const facet = (name: string) => FACETS.find((one) => one.name === name)!;
const NOW = NOVEMBER + 20 * 86_400_000;
const counts = (name: string, facets = {}) =>
  choices(rows, facets, facet(name), NOW).map(({ label, count }) => [label, count]);

test("a facet counts what each value would leave beside the other facets", () => {
  expect(counts("owner")).toEqual([
    ["Ines", 1],
    ["No owner", 1],
    ["Tom", 1],
  ]);
  expect(counts("tags", { owner: ["Ines"] })).toEqual([["growth", 1]]);
  expect(counts("tags", { tags: ["growth"] })).toEqual([
    ["No tags", 2],
    ["growth", 1],
  ]);
  expect(counts("last_accessed_at")).toContainEqual(["8 to 30 days ago", 1]);
  expect(counts("last_accessed_at")).toContainEqual(["never", 2]);
  expect(counts("findings")).toContainEqual(["not evaluated", 1]);
});

test("values of one facet are alternatives, facets are not", () => {
  const kept = (facets: Record<string, string[]>) =>
    narrow(rows, facets, NOW).map((row) => row.id);
  expect(kept({ owner: ["Ines", "Tom"] })).toEqual([1, 3]);
  expect(kept({ owner: ["Ines", "Tom"], last_accessed_at: ["never"] })).toEqual([1]);
  expect(kept({ findings: ["public", "stale"] })).toEqual([1, 2]);
  expect(narrow(rows, {}, NOW)).toBe(rows);
  expect(toggled({ owner: ["Ines"] }, "owner", "Ines")).toEqual({});
  expect(toggled({}, "owner", "")).toEqual({ owner: [""] });
});

test("columns move, and give way where there is no room", () => {
  expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
  const all = columnsNamed(["pinned", "name", "no such", "owner", "creation_mode"]);
  expect(all.map(({ name }) => name)).toEqual(["pinned", "name", "owner", "creation_mode"]);
  expect(fitting(all, widthOf(all))).toEqual(all);
  expect(fitting(all, 450).map(({ name }) => name)).toEqual(["pinned", "name", "owner"]);
  expect(fitting(all, 450, "creation_mode").map(({ name }) => name)).toContain("creation_mode");
  const [, kept] = fitting(columnsNamed(["name", "tags"]), 560, "tags");
  expect(kept?.width).toBeGreaterThan(160);
  expect(fitting(all, 10).map(({ name }) => name)).toEqual(["name"]);
});
