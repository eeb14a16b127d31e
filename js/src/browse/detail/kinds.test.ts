import { expect, test } from "vitest";
import { kindWords } from "./kinds";

const words = (query_kind: string | null, display: string | null, kind: string | null = null) =>
  kindWords({ id: 1, name: null, kind, query_kind, display });

test("a tile's kind is said in plain words", () => {
  expect(words("TrendsQuery", "BoldNumber")).toBe("trends, number");
  expect(words("TrendsQuery", "ActionsLineGraph")).toBe("trends, line");
  expect(words("HogQLQuery", "ActionsTable")).toBe("SQL, table");
  expect(words("FunnelsQuery", null)).toBe("funnel");
});

test("what nobody has words for yet is spelled out", () => {
  expect(words("WebOverviewQuery", "WorldMap")).toBe("web overview, world map");
  expect(words(null, null, "insight")).toBe("insight");
  expect(words(null, null)).toBe("unknown");
});

test("a kind is looked up among kinds only", () => {
  expect(words("constructor", "toString")).toBe("constructor, to string");
});
