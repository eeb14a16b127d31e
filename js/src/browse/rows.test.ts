import { expect, test } from "vitest";
import { age, neglect } from "./age";
import { fold, rowsOf, search } from "./rows";
import { pick, pickShown, type Selection } from "./selection";
import { nextSort, sortRows } from "./sort";
import { columnsOf } from "./sample";

const rows = rowsOf(
  columnsOf(
    { name: "Émile 10", owner: "Ines", tags: ["growth"] },
    { name: "emile 9", owner: null, description: "weekly review" },
    { name: null, owner: "Tom", last_accessed_at: "2026-11-01T00:00:00Z" },
  ),
);
const names = (found: readonly { name: string | null }[]) => found.map((row) => row.name);

test("search wants every word, without accents and in any case", () => {
  expect(fold("Émile")).toBe("emile");
  expect(names(search(rows, "EMILE"))).toEqual(["Émile 10", "emile 9"]);
  expect(names(search(rows, "emile review"))).toEqual(["emile 9"]);
  expect(names(search(rows, "growth ines"))).toEqual(["Émile 10"]);
  expect(search(rows, "  ")).toBe(rows);
  expect(search(rows, "nothing")).toEqual([]);
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
  expect(nextSort(up, "owner", true)).toEqual([...up, { column: "owner", descending: false }]);
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
