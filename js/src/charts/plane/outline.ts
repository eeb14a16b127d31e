/** Lines and areas as SVG paths, in a square of SIDE units that the browser stretches. */
export const SIDE = 1000;

// More points than the widest tile has pixels draw nothing more: two a column are enough.
const COLUMNS = 1000;

type Values = readonly (number | null | undefined)[];
type Place = (value: number) => number;

/** A line through what is known; null is a gap. `place` gives 0 to 1, upwards. */
export function lineOf(values: Values, place: Place): string {
  let path = "";
  let broken = true;
  for (const index of drawn(values)) {
    const value = values[index];
    if (value == null) broken = true;
    else {
      path += `${broken ? "M" : "L"}${across(index, values.length)},${down(place(value))}`;
      broken = false;
    }
  }
  return path;
}

/** What lies between two lines, or between a line and zero. */
export function areaOf(upper: Values, lower: Values | null, place: Place): string {
  let path = "";
  let run: number[] = [];
  const close = () => {
    if (run.length > 0) {
      const above = run.map((index) => point(index, upper[index] ?? 0));
      const below = run.map((index) => point(index, lower?.[index] ?? 0)).reverse();
      path += `M${above.concat(below).join("L")}z`;
    }
    run = [];
  };
  const point = (index: number, value: number) =>
    `${across(index, upper.length)},${down(place(value))}`;
  for (const index of drawn(upper)) {
    if (upper[index] == null) close();
    else run.push(index);
  }
  close();
  return path;
}

/** A value between two gaps has no line: it gets a dot. */
export function dotsOf(values: Values, place: Place): string {
  let path = "";
  values.forEach((value, index) => {
    if (value != null && values[index - 1] == null && values[index + 1] == null)
      path += `M${across(index, values.length)},${down(place(value))}h0`;
  });
  return path;
}

/** A filled column: from left to right and from one height to another, all 0 to 1. */
export function rectangle(left: number, width: number, from: number, to: number): string {
  const [x, wide] = [left * SIDE, width * SIDE].map((length) => Math.round(length * 10) / 10);
  return `M${x},${down(from)}h${wide}V${down(to)}h${-(wide ?? 0)}z`;
}

/** Where an interval lies, 0 to 1: lines go from edge to edge. */
export function along(index: number, length: number): number {
  return length > 1 ? index / (length - 1) : 0.5;
}

function across(index: number, length: number): number {
  return Math.round(along(index, length) * SIDE * 10) / 10;
}

function down(share: number): number {
  return Math.round((1 - share) * SIDE * 10) / 10;
}

/** Every index, or of each column of pixels its lowest and highest value, and one gap. */
function drawn(values: Values): number[] {
  const { length } = values;
  if (length <= 2 * COLUMNS) return Array.from(values, (_, index) => index);
  const kept: number[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const from = Math.floor((column * length) / COLUMNS);
    const to = Math.floor(((column + 1) * length) / COLUMNS);
    let low = -1;
    let high = -1;
    for (let index = from; index < to; index += 1) {
      const value = values[index];
      if (value == null) continue;
      if (low < 0 || value < (values[low] ?? 0)) low = index;
      if (high < 0 || value > (values[high] ?? 0)) high = index;
    }
    if (low < 0) kept.push(from);
    else if (low === high) kept.push(low);
    else kept.push(Math.min(low, high), Math.max(low, high));
  }
  return kept;
}
