import { expect, test } from "vitest";
import type { Json } from "./json";
import { shown } from "./settings/sample";
import { isEmpty } from "./shape";
import { cellsOf } from "./tables/cells";

interface Files {
  readFileSync(path: string, encoding: "utf8"): string;
}

interface Kind {
  name: string;
  drawing: string;
  note?: string;
  foot?: string;
  hidden?: string[];
  insight: Json;
}

// The 61 kinds of results that PostHog has on record; the frames' test has the same file.
const { readFileSync } = (await import("node:fs" as string)) as Files;
const KINDS = JSON.parse(readFileSync("../tests/frames/recorded_kinds.json", "utf8")) as Kind[];
const kindOf = (name: string) => KINDS.find((kind) => kind.name === name)!;

test.each(KINDS.map((kind) => [kind.name, kind] as const))("%s is drawn, or said not to be", (_, kind) => {
  const drawing = shown(kind.insight);
  expect(drawing.kind).toBe(kind.drawing);
  expect(drawing.note ?? "").toBe(kind.note ?? "");
  expect((drawing.foot ?? []).join(" ")).toBe(kind.foot ?? "");
  const series = "trend" in drawing ? drawing.trend.series : [];
  expect(series.filter(({ hidden }) => hidden).map(({ name }) => name)).toEqual(kind.hidden ?? []);
  if (drawing.kind !== "unknown") expect(cellsOf(drawing)?.rows.length).toBeGreaterThan(0);
});

test("a funnel over time is called conversion, or by its breakdown", () => {
  const names = (insight: Json) => {
    const drawing = shown(insight);
    return "trend" in drawing ? drawing.trend.series.map(({ name }) => name) : [];
  };
  expect(names(kindOf("funnelHistoricalTrendsCompare").insight)).toEqual(["Conversion", "Conversion (previous)"]);
  const { query, result } = kindOf("funnelHistoricalTrends").insight;
  const browsers = ["Chrome", "Safari"].map((name) => ({ ...(result as Json[])[0], breakdown_value: [name] }));
  expect(names({ query, result: browsers })).toEqual(["Chrome", "Safari"]);
});

test("a number without a value has no data, one whose previous has none says so", () => {
  expect(isEmpty(shown(kindOf("trendsNumberEmpty").insight))).toBe(true);
  const alone = shown(kindOf("trendsNumberCompareNullPrevious").insight);
  expect(alone).toMatchObject({ figure: { value: 100, isAlone: true } });
  expect(isEmpty(alone)).toBe(false);
  expect(shown(kindOf("trendsNumber").insight)).not.toHaveProperty("figure.isAlone");
});

test("periods of old retention have no labels: their unit names them", () => {
  expect(shown(kindOf("retention").insight)).toMatchObject({ cohorts: { periods: ["Day 0", "Day 1", "Day 2"] } });
});

test("old filters say how long an interval is", () => {
  const { filters, result } = kindOf("trendsLineWithDisplayOptions").insight;
  // A week that began on 2 June is not over on the 8th; its days would be.
  const insight = { filters, result, last_refresh: "2026-06-08T12:00:00Z" };
  expect(shown(insight)).toMatchObject({ trend: { series: [{ open: 1 }] } });
});

test("a cell's color was chosen in one theme; the other shows it darker, or lighter", () => {
  const drawing = shown(kindOf("sqlTableConditionalFormatting").insight);
  const ground = drawing.kind === "table" ? drawing.rows.ground : undefined;
  expect(ground?.("low", 1)).toBe("color-mix(in srgb, #FFADAD, black var(--dw-dim))");
  expect(ground?.("low", 2)).toContain("white calc(12% - var(--dw-dim))");
  expect(ground?.("high", 1)).toBeUndefined();
});

test("of a long series only the rows that are asked for are made, and all are counted", () => {
  const drawing = shown(kindOf("trendsLine").insight);
  expect(cellsOf(drawing, 3)).toMatchObject({ count: 4, rows: [[], [], []].map(() => expect.anything()) });
  expect(cellsOf(drawing)?.rows).toHaveLength(4);
});
