import { array, object, objects, text, type Json } from "../json";
import { settingsOf } from "../kind";

const [CURRENT, PREVIOUS] = ["current", "previous"] as const;
const SAME = ["label", "name", "breakdown_value", "status", "order"];

export interface Told {
  result: unknown;
  /** Said where nobody can tell which series is of which period. */
  note?: string;
}

/** Label the current and the previous period of a compared result that came without labels.
 *
 * Days tell, else the place: the previous period follows the current one, as a whole or series by
 * series. `frames/results/periods.py` does the same. */
export function withPeriods(result: unknown, source: Json, compared = false): Told {
  const asked = object(source["compareFilter"])["compare"] ?? settingsOf(source)["compare"];
  // Filters of old insights hold words.
  if (!compared || !Array.isArray(result) || String(asked) !== "true") return { result };
  const parts = array(result);
  const firsts = parts.map((part) => object([part].flat()[0]));
  const given = firsts.map((one) => text(one["compare_label"]));
  const labels = given.some(Boolean) ? completed(given) : labelsOf(firsts);
  if (!labels) return { result, note: "The server does not say which series belong to the previous period." };
  return { result: parts.map((part, index) => labeled(part, labels[index])) };
}

/** Only one of the periods has labels: what has none is of the other. */
function completed(given: string[]): string[] {
  const known = new Set(given.filter(Boolean));
  return known.size > 1 ? given : given.map((label) => label || (known.has(CURRENT) ? PREVIOUS : CURRENT));
}

/** None where only one period was sent; null where it can't be told. */
function labelsOf(parts: Json[]): string[] | null {
  const starts = parts.map(({ days }) => text(array(days)[0]));
  const [first, second] = [...new Set(starts)].sort();
  if (first && second && new Set(starts).size === 2)
    return starts.map((start) => (start === first ? PREVIOUS : CURRENT));
  const keys = parts.map(keyOf);
  if (new Set(keys).size === keys.length) return [];
  const half = keys.length / 2;
  const isSame = (one: string[], other: string[]) => String(one) === String(other);
  if (isSame(keys.slice(0, half).sort(), keys.slice(half).sort()))
    return keys.map((_, index) => (index < half ? CURRENT : PREVIOUS));
  const every = (odd: number) => keys.filter((_, index) => index % 2 === odd);
  return isSame(every(0), every(1)) ? keys.map((_, index) => (index % 2 ? PREVIOUS : CURRENT)) : null;
}

/** What is the same in both periods of a series or a step. */
function keyOf(one: Json): string {
  const { order, math } = object(one["action"]);
  return JSON.stringify([...SAME.map((name) => one[name]), order, math]);
}

function labeled(part: unknown, label: string | undefined): unknown {
  if (!label) return part;
  const of = (one: Json): Json => ({ ...one, compare_label: label });
  return Array.isArray(part) ? objects(part).map(of) : of(object(part));
}
