const UNITS: [seconds: number, name: string][] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/** In a sentence, where no line breaks within. */
export function duration(seconds: number): string {
  return spelled(seconds).replaceAll(" ", "\u00a0");
}

/** 5400 -> "1 h 30 min": the largest unit that fits, and the next. */
export function spelled(seconds: number): string {
  const sign = seconds < 0 ? "-" : "";
  const length = Math.abs(seconds);
  if (length === 0) return "0 s";
  if (length < 1) return `${sign}${Math.max(1, Math.round(length * 1000))} ms`;
  if (length < 10) return `${sign}${Number(length.toFixed(1))} s`;
  const rank = UNITS.findIndex(([unit], at) => rounded(length, at) >= unit);
  const [unit, name] = UNITS[rank] ?? UNITS[3]!;
  const [next, nextName] = UNITS[rank + 1] ?? [1, "s"];
  const small = rounded(length, rank) / next;
  const large = Math.floor((small * next) / unit);
  const left = small - (large * unit) / next;
  return `${sign}${large} ${name}${left > 0 && unit !== next ? ` ${left} ${nextName}` : ""}`;
}

/** To whole numbers of the next smaller unit: 86,399 seconds are a day, not 24 hours. */
function rounded(length: number, rank: number): number {
  const [next] = UNITS[rank + 1] ?? [1];
  return Math.round(length / next) * next;
}
