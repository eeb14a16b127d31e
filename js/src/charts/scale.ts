/** Round steps that cover a range and zero: [0, 50, 100, 150]. */
export function ticks(low: number, high: number, most = 4): number[] {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high, bottom === 0 ? Number.MIN_VALUE : 0);
  const raw = Math.max((top - bottom) / most, 1e-9);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((round) => round * power >= raw) ?? 10) * power;
  const first = Math.floor(bottom / step);
  const last = Math.max(first + 1, Math.ceil(top / step));
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Places for at most `most` labels along `length` intervals, evenly spread, the first included. */
export function labelled(length: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(length / Math.max(1, most)));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}
