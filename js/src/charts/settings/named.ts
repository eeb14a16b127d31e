import { object, text, type Json } from "../json";
import { filterOf, sourceOf } from "../kind";
import { inPlainWords } from "../numbers/format";
import { SETTINGS, type Group } from "./table";

/** Settings of an insight that are not drawn, in words, each once. */
export function notDrawn(insight: Json): string[] {
  const query = object(insight["query"]);
  const source = sourceOf(insight);
  const kind = text(source["kind"]);
  // Filters of old insights hold the whole query: what has no row there is no display setting.
  const isOld = Object.keys(query).length === 0;
  const found = [
    [groupOf(filterOf(kind)), source[filterOf(kind)]],
    ["CalendarHeatmapFilter", source["calendarHeatmapFilter"]],
    ["CompareFilter", source["compareFilter"]],
    ["BreakdownFilter", source["breakdownFilter"]],
    ["ChartSettings", query["chartSettings"]],
    ["TableSettings", query["tableSettings"]],
  ].flatMap(([name, given]) => {
    const group = SETTINGS[String(name)];
    return group ? walk(group, given, "", isOld) : [];
  });
  return [...new Set(found)];
}

function groupOf(filter: string): string {
  return filter.charAt(0).toUpperCase() + filter.slice(1);
}

function walk(group: Group, given: unknown, above: string, isOld: boolean): string[] {
  return Object.entries(object(given)).flatMap(([name, value]) => {
    const path = above ? `${above}.${name}` : name;
    const row = group.named?.[path];
    if (row !== undefined) {
      const [words, usual] = typeof row === "string" ? [row, undefined] : row;
      return isOff(value, usual) ? [] : [words];
    }
    if (known(group).includes(path)) return [];
    if (isAbove(group, path))
      return [value].flat().flatMap((one) => walk(group, one, path, isOld));
    return isOld || isOff(value) ? [] : [inPlainWords(path.split(".").at(-1) ?? path).replace(/^show /, "")];
  });
}

/** Off, empty or as it usually is: a chart without it looks the same. */
function isOff(value: unknown, usual?: unknown): boolean {
  if (value === usual || value == null) return true;
  if (usual !== undefined) return false;
  if (typeof value === "object") return Object.values(value).every((one) => isOff(one));
  return !value;
}

/** Names of what has a row and is not named. */
function known({ drawn, computed, aside }: Group): string[] {
  return `${drawn} ${computed} ${aside}`.split(" ");
}

function isAbove(group: Group, path: string): boolean {
  return [...known(group), ...Object.keys(group.named ?? {})].some((one) =>
    one.startsWith(`${path}.`),
  );
}
