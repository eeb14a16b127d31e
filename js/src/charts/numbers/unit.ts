import { duration } from "./duration";
import { count, percent, tick } from "./format";
import { number, text, type Json } from "../json";

/** How numbers are written: what they measure, and what stands around them. */
export interface Unit {
  style: "plain" | "percent" | "share" | "seconds" | "milliseconds";
  prefix: string;
  suffix: string;
  decimals: number | null;
  /** Writes the number itself, short on an axis, where a style is not enough. */
  write?: (value: number, isShort: boolean) => string;
}

export const PLAIN: Unit = { style: "plain", prefix: "", suffix: "", decimals: null };
export const PERCENT: Unit = { ...PLAIN, style: "percent" };
export const SECONDS: Unit = { ...PLAIN, style: "seconds" };

const STYLES = new Map<string, Unit["style"]>([
  ["duration", "seconds"],
  ["duration_ms", "milliseconds"],
  ["percentage", "percent"],
  ["percentage_scaled", "share"],
]);

/** The unit a trend's filter asks for. */
export function unitOf(filter: Json): Unit {
  return {
    style: STYLES.get(text(filter["aggregationAxisFormat"])) ?? "plain",
    prefix: text(filter["aggregationAxisPrefix"]),
    suffix: text(filter["aggregationAxisPostfix"]),
    decimals: number(filter["decimalPlaces"]),
  };
}

/** In full: "1,842.5 EUR", "8.2 %", "3 min 20 s". */
export function written(value: number | null, unit: Unit): string {
  return value === null ? "–" : around(inStyle(value, unit, count), unit);
}

/** Short, for an axis. */
export function ticked(value: number, unit: Unit): string {
  return around(inStyle(value, unit, tick).replace(/\.0(?=\D|$)/, ""), unit);
}

function inStyle(value: number, { style, decimals, write }: Unit, plain: typeof tick) {
  if (write) return write(value, plain === tick);
  switch (style) {
    case "seconds":
      return duration(value);
    case "milliseconds":
      return duration(value / 1000);
    case "percent":
      return percent(value / 100);
    case "share":
      return percent(value);
    case "plain":
      return decimals === null || plain === tick ? plain(value) : fixed(value, decimals);
  }
}

function fixed(value: number, decimals: number): string {
  const digits = Math.min(20, Math.max(0, Math.round(decimals)));
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function around(value: string, { prefix, suffix }: Unit): string {
  return `${prefix}${value}${suffix}`;
}
