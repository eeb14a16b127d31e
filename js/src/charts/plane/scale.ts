// Shares that add up to 100.00000000000001 are still 100.
const NEARLY = 1 - 1e-9;

/** Round steps that cover a range and zero: [0, 50, 100, 150]. */
export function ticks(low: number, high: number, most = 4): number[] {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high, bottom === 0 && high <= 0 ? 1 : 0); // zeros alone: from 0 to 1
  const raw = (top - bottom) / (top === 1 && high <= 0 ? 1 : most);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((round) => round * power >= raw * NEARLY) ?? 10) * power;
  const first = Math.floor(bottom / step);
  const last = Math.max(first + 1, Math.ceil((top / step) * NEARLY));
  return Array.from({ length: last - first + 1 }, (_, index) => exact((first + index) * step));
}

/** 0.1 + 0.2 is no tick. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** Places for at most `most` labels along `length` intervals, evenly spread, the first included. */
export function labelled(length: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(length / Math.max(1, most)));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}

/** An axis: its marks, and where a value lies on it, 0 at the bottom and 1 at the top. */
export interface Scale {
  marks: number[];
  place(value: number): number;
}

export function scaleOf(low: number, high: number, most: number, log = false): Scale {
  if (log && high > 0) return logarithmic(low, high, most);
  const marks = ticks(low, high, most);
  const bottom = marks[0] ?? 0;
  const span = (marks.at(-1) ?? 1) - bottom;
  return { marks, place: (value) => (value - bottom) / span };
}

/** Powers of ten, as many as there is room for. What is not positive lies on the bottom line. */
function logarithmic(low: number, high: number, most: number): Scale {
  const last = Math.max(1, Math.ceil(Math.log10(high)));
  const first = low > 0 ? Math.min(last - 1, Math.floor(Math.log10(low))) : Math.min(0, last - 1);
  const powers = labelled(last - first + 1, most + 1).map((index) => first + index);
  const marks = powers.map((power) => 10 ** power);
  return {
    marks,
    place: (value) =>
      value > 0 ? Math.max(0, (Math.log10(value) - first) / (last - first)) : 0,
  };
}
