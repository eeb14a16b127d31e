import { expect, test } from "vitest";
import { SETTINGS, type Group } from "./table";

interface Files {
  readdirSync(folder: string, options: { recursive: true }): string[];
  readFileSync(path: string, encoding: "utf8"): string;
}

// Vitest runs in js/, and only tests read files.
const { readdirSync, readFileSync } = (await import("node:fs" as string)) as Files;
const CHARTS = "src/charts";
const DOCS = "../docs/charts.md";
/** Shown in any case, by a list beside the pie: nobody reads whether they are on. */
const ALWAYS = new Set(["showLabelsOnSeries", "sliceContent", "valueDisplay"]);

/** The rows of the table in the docs: one for each state that a filter's settings have. */
function rowsOf(filter: string, { drawn, computed, aside, named = {} }: Group): string[] {
  const row = (state: string, names: readonly string[]) =>
    names.length > 0 ? [`| \`${filter}\` | ${state} | ${names.join(", ")} |`] : [];
  const quoted = (list = "") => (list ? list.split(" ").map((name) => `\`${name}\``) : []);
  const words = Object.entries(named).map(
    ([name, given]) => `\`${name}\` (${typeof given === "string" ? given : given[0]})`,
  );
  return [
    ...row("drawn", quoted(drawn)),
    ...row("named", words),
    ...row("in the result", quoted(computed)),
    ...row("not on a tile", quoted(aside)),
  ];
}

test("the docs have the table of settings, every row of it and no other", () => {
  const docs = readFileSync(DOCS, "utf8");
  const found = docs.split("\n").filter((line) => /^\| `\w+(Filter|Settings)` \|/.test(line));
  expect(found).toEqual(Object.entries(SETTINGS).flatMap(([name, group]) => rowsOf(name, group)));
});

test("every setting that is drawn is read by the charts", () => {
  const code = readdirSync(CHARTS, { recursive: true })
    .map((name) => `${CHARTS}/${name}`)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|settings\/table\.ts/.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const names = Object.values(SETTINGS)
    .flatMap(({ drawn }) => (drawn ? drawn.split(" ") : []))
    .map((path) => path.split(".").at(-1) ?? "");
  expect(names.filter((name) => !ALWAYS.has(name) && !code.includes(name))).toEqual([]);
});
