import { expect, test } from "vitest";

interface Files {
  readdirSync(folder: URL, options: object): string[];
  readFileSync(file: URL, encoding: "utf8"): string;
}
const { readdirSync, readFileSync } = (await import("node:fs" as string)) as Files;

const SOURCES = new URL("../../", import.meta.url);
const FILES = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
const read = (file: string) => readFileSync(new URL(file, SOURCES), "utf8");

/** Classes that a folder's components give to elements. */
function classesOf(folder: string): Set<string> {
  const sources = FILES.filter((file) => file.startsWith(`${folder}/`) && file.endsWith(".tsx"));
  return new Set(sources.flatMap((file) => read(file).match(/\bdw-[\w-]+/g) ?? []));
}

/** Classes that the charts' style sheets style wherever they are. */
function chartClasses(): Set<string> {
  const sheets = FILES.filter((file) => file.startsWith("charts/") && file.endsWith(".css"));
  const selectors = sheets.flatMap((file) => read(file).match(/^ *[^@{}\n]+(?=[,{])/gm) ?? []);
  return new Set(selectors.map((selector) => selector.trim().match(/[\w-]+/)?.[0] ?? ""));
}

// A page holds the style sheets of every widget that it has shown.
test.each(["browse", "edit"])("the charts' style sheets leave %s alone", (widget) => {
  const [own, charts] = [classesOf(widget), chartClasses()];
  expect(own.size).toBeGreaterThan(10);
  expect(charts.has("dw-number")).toBe(true);
  expect([...own].filter((name) => charts.has(name))).toEqual([]);
});
