const PLAIN = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const PRECISE = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NARROW_SPACE = "\u202f";

/** 12480.5 -> "12,480.5"; small shares keep three digits instead of becoming 0. */
export function count(value: number | null): string {
  if (value === null) return "–";
  return value !== 0 && Math.abs(value) < 0.1 ? PRECISE.format(value) : PLAIN.format(value);
}

/** For an axis: 12,000 -> "12K"; beyond all names 1.5e16. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size < 1e-6 && size > 0)) return value.toExponential().replace("+", "");
  return size < 10_000 ? count(value) : COMPACT.format(value);
}

/** A share of 1 -> "8.2 %". */
export function percent(share: number | null): string {
  if (share === null) return "–";
  const digits = Math.abs(share) < 0.1 ? 1 : 0;
  return `${(share * 100).toFixed(digits)}${NARROW_SPACE}%`;
}

export function seconds(value: number): string {
  return `${value.toFixed(value < 0.095 ? 2 : 1)} s`;
}

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

// Read piece by piece: a Date would move midnight to another day in another time zone.
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}:\d{2}))?/;

/** "2026-06-12 14:00:00" -> "12 Jun 2026, 14:00"; what is no date stays as it is. */
export function day(value: string): string {
  const [, year, month, date, time] = DAY.exec(value) ?? [];
  if (!date) return value;
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}${time ? `, ${time}` : ""}`;
}

/** The same for an axis: "12 Jun", or "14:00" within one day, or "Jun 2026" over years. */
export function shortDay(value: string, over: "day" | "days" | "years" = "days"): string {
  const [, year, month, date, time] = DAY.exec(value) ?? [];
  if (!date) return value;
  if (time && over === "day") return time;
  const name = MONTHS[Number(month) - 1];
  return over === "years" ? `${name} ${year}` : `${Number(date)} ${name}`;
}

/** What tells the days from a first to a last apart. */
export function rangeOf(first: string, last: string): "day" | "days" | "years" {
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4));
  if (years > 1 || (years === 1 && last.slice(5) >= first.slice(5))) return "years";
  return first.slice(0, 10) === last.slice(0, 10) ? "day" : "days";
}

/** "showNewThing" -> "show new thing". */
export function inPlainWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}
