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

/** For an axis: 12,000 -> "12K". */
export function tick(value: number): string {
  return Math.abs(value) < 10_000 ? count(value) : COMPACT.format(value);
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

/** The same for an axis: "12 Jun", or "14:00" within one day. */
export function shortDay(value: string, withinOneDay: boolean): string {
  const [, , month, date, time] = DAY.exec(value) ?? [];
  if (!date) return value;
  return time && withinOneDay ? time : `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}
