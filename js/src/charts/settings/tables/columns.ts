import type { Drawing } from "../../drawing";
import { array, object, objects, text, type Json } from "../../json";
import type { Column, Rows } from "../../tables/rows";
import { numeric } from "../../tables/sql";
import { colorOf } from "../../colors/theme_colors";
import type { InsightParts } from "../insight_parts";
import { unitOf } from "../units";

/** A table as its settings want it: which columns, how named and written, on which grounds. */
export function withColumns(drawing: Drawing, { table, insight }: InsightParts): Drawing {
  if (drawing.kind !== "table") return drawing;
  const hidden = array(object(insight["query"])["hiddenColumns"]);
  const grounded = { ...drawing.rows, ...groundsOf(drawing.rows, table) };
  return { ...drawing, rows: chosen(grounded, objects(table["columns"]), hidden) };
}

function chosen(given: Rows, settings: readonly Json[], hidden: readonly unknown[]): Rows {
  const { columns, rows, ground } = given;
  const known = settings.flatMap((one) => {
    const at = columns.findIndex(({ name }) => name === one["column"]);
    return at < 0 ? [] : [{ at, one }];
  });
  const all = known.length > 0 ? known : columns.map((_, at) => ({ at, one: {} }));
  const kept = all.filter(({ at }) => !hidden.includes(columns[at]?.name));
  return {
    ...given,
    columns: kept.map(({ at, one }) => columnOf(columns[at]!, one)),
    rows: rows.map((row) => kept.map(({ at }) => row[at])),
    ...(ground && { ground: (value, column) => ground(value, kept[column]?.at ?? -1) }),
  };
}

function columnOf(column: Column, given: Json): Column {
  const settings = object(given["settings"]);
  const name = text(object(settings["display"])["label"]) || column.name;
  const isFormatted = Object.keys(object(settings["formatting"])).length > 0;
  return { ...column, name, ...(isFormatted && { unit: unitOf(given) }) };
}

type Test = (value: unknown, input: string) => boolean;

/** How a cell compares with a rule's input; not at all where it is empty. */
function order(value: unknown, input: string): number {
  if (value == null) return NaN;
  const [one, other] = [numeric(value), numeric(input)];
  if (one !== null && other !== null) return one - other;
  return String(value).localeCompare(input);
}

const TESTS: Record<string, Test> = {
  equals: (...cell) => order(...cell) === 0,
  not_equals: (...cell) => order(...cell) !== 0,
  greater_than: (...cell) => order(...cell) > 0,
  greater_than_equal: (...cell) => order(...cell) >= 0,
  less_than: (...cell) => order(...cell) < 0,
  less_than_equal: (...cell) => order(...cell) <= 0,
  is_null: (value) => value == null,
  is_not_null: (value) => value != null,
};

/** A color as it was chosen in one theme; in the other PostHog makes it darker, or lighter. */
const DARKER = (color: string) => `color-mix(in srgb, ${color}, black var(--dw-dim))`;
const LIGHTER = (color: string) => `color-mix(in srgb, ${color}, white calc(12% - var(--dw-dim)))`;

/** The rules of PostHog's templates; their bytecode is not run. The first that holds colors. */
function groundsOf({ columns }: Rows, { conditionalFormatting: given }: Json): Pick<Rows, "ground"> {
  const rules = objects(given).flatMap((one) => {
    const [test, color] = [TESTS[text(one["templateId"])], colorOf(one["color"])];
    const at = columns.findIndex(({ name }) => name === one["columnName"]);
    const input = typeof one["input"] === "string" ? one["input"] : String(one["input"] ?? "");
    const ground = color && (one["colorMode"] === "dark" ? LIGHTER : DARKER)(color);
    return test && ground && at >= 0 ? [{ test, ground, at, input }] : [];
  });
  if (rules.length === 0) return {};
  return {
    ground: (value, column) =>
      rules.find(({ at, test, input }) => at === column && test(value, input))?.ground,
  };
}

/** Rules that no template of ours can tell. */
export function hasUnknownRules({ conditionalFormatting: given }: Json): boolean {
  return objects(given).some((one) => !TESTS[text(one["templateId"])]);
}
