/** Reading what a server sent without trusting its shape. */
export type Json = Record<string, unknown>;

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objects(value: unknown): Json[] {
  return array(value).map(object);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function number(value: unknown): number | null {
  if (typeof value === "bigint") return Number(value); // for a length or a place, not for a text
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
