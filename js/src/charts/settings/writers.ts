import { number, type Json } from "../json";
import type { Unit } from "../numbers/unit";

type Write = NonNullable<Unit["write"]>;

const LONG = 10_000;

/** How a trend's filter wants numbers written, where a style is not enough; null: it does not. */
export function writerOf(filter: Json, currency: string): Write | null {
  const [most, least] = [number(filter["decimalPlaces"]), number(filter["minDecimalPlaces"])];
  switch (filter["aggregationAxisFormat"]) {
    case "short":
      return shortly(most ?? 1);
    case "currency":
      // Three letters are enough for a browser, also where it knows no such currency.
      return currency ? written({ style: "currency", currency }, most, least) : null;
    case "percentage":
    case "percentage_scaled": {
      if (most === null && least === null) return null;
      const scale = filter["aggregationAxisFormat"] === "percentage" ? 1 : 100;
      const write = written({}, most ?? 2, least);
      return (value, isShort) => `${write(value * scale, isShort)}\u202f%`;
    }
    case "duration":
    case "duration_ms":
      return null;
    default:
      return most === null && least === null ? null : written({}, most ?? 2, least);
  }
}

/** 12,345 -> "12.3K". */
export function shortly(decimals: number): Write {
  const format = numbers({ notation: "compact", maximumFractionDigits: digits(decimals) });
  return (value) => format(value);
}

function written(style: Intl.NumberFormatOptions, most: number | null, least: number | null): Write {
  const full = numbers({
    ...style,
    ...(most !== null && { maximumFractionDigits: digits(Math.max(most, least ?? 0)) }),
    ...((most ?? least) !== null && { minimumFractionDigits: digits(least ?? 0) }),
  });
  const whole = numbers({ ...style, minimumFractionDigits: 0 });
  const short = numbers({ ...style, notation: "compact", maximumFractionDigits: 1 });
  return (value, isShort) => (isShort ? (Math.abs(value) < LONG ? whole : short) : full)(value);
}

function numbers(options: Intl.NumberFormatOptions): (value: number) => string {
  return new Intl.NumberFormat("en", options).format;
}

function digits(decimals: number): number {
  return Math.min(20, Math.max(0, Math.round(decimals)));
}

/** The unit with this way of writing its numbers. */
export function writing(unit: Unit, write: Write | null): Unit {
  return write && unit.style !== "seconds" ? { ...unit, style: "plain", write } : unit;
}
