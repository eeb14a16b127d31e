import { object, text, type Json } from "../json";

const OTHER = "$$_posthog_breakdown_other_$$";
const NONE = "$$_posthog_breakdown_null_$$";
const COUNTED = new Map([["dau", "unique users"]]);

/** What a person calls each series; that of an earlier period says so. No two are the same. */
export function namesOf(given: readonly Json[]): string[] {
  const plain = given.map((one) => ofPeriod(seriesName(one), one));
  const counted = plain.map((name, index) => {
    const math = text(object(given[index]?.["action"])["math"]);
    return isAlone(name, plain) || !math
      ? name
      : `${name} · ${COUNTED.get(math) ?? math.replaceAll("_", " ")}`;
  });
  const taken = new Set(counted);
  return counted.map((name, index) => {
    if (counted.indexOf(name) === index) return name;
    let rank = 2;
    while (taken.has(`${name} (${rank})`)) rank += 1;
    taken.add(`${name} (${rank})`);
    return `${name} (${rank})`;
  });
}

/** A note where only the first of several is drawn. */
export function onlyFirst(names: readonly string[]): { note?: string } {
  const { length } = names;
  return length > 1 ? { note: `Only ${names[0]}: the first of ${length} series.` } : {};
}

/** Its breakdown value, else the name it was given. */
export function seriesName(series: Json): string {
  const action = object(series["action"]);
  const label = text(series["label"]) || text(action["name"]);
  if (series["breakdown_value"] !== undefined) return inWords(label) || "None";
  return text(series["status"]) || text(action["custom_name"]) || label || "Unnamed";
}

export function isPrevious(series: Json): boolean {
  return series["compare_label"] === "previous";
}

/** With the earlier of two periods; a comparison of recordings says which round that is. */
export function ofPeriod(name: string, series: Json): string {
  return isPrevious(series) ? `${name} (${text(series["compare_name"]) || "previous"})` : name;
}

/** The buckets' tokens in words. */
export function inWords(breakdown: string): string {
  return breakdown.replaceAll(OTHER, "Other").replaceAll(NONE, "None");
}

/** What is left over: no value of the breakdown. */
export function isBucket({ breakdown_value: given }: Json): boolean {
  return [given].flat().some((value) => value === OTHER || value === NONE);
}

function isAlone(name: string, names: readonly string[]): boolean {
  return names.indexOf(name) === names.lastIndexOf(name);
}
