import { extentOf, type Series } from "../../series/series";
import type { Extras } from "./extras";

/** A line or a band that is computed from a series. */
export interface Overlay {
  of: Series;
  name: string;
  look: "trend" | "average" | "band";
  data: (number | null)[];
  /** The lower edge of a band. */
  lower?: (number | null)[];
}

/** What the settings ask for around these series. */
export function overlaysOf(series: readonly Series[], extras: Extras): Overlay[] {
  const { trendLines, average, confidence } = extras;
  return series.flatMap((of): Overlay[] => {
    const { name, data } = of;
    const made: Overlay[] = [];
    if (confidence !== undefined) {
      const half = halfWidth(data, confidence);
      made.push({
        of,
        name: `${name} · ${confidence} % confidence`,
        look: "band",
        data: data.map((value) => value && value + half),
        lower: data.map((value) => value && value - half),
      });
    }
    if (average !== undefined)
      made.push({ of, name: `${name} · moving average`, look: "average", data: averaged(data, average) });
    if (trendLines === true || trendLines?.includes(name))
      made.push({ of, name: `${name} · trend`, look: "trend", data: straight(data, of.open) });
    return made;
  });
}

/** The least and the most of everything that has this axis. */
export function reach(overlays: readonly Overlay[]): [number, number] {
  return extentOf(overlays.flatMap(({ data, lower = [] }) => [data, lower]));
}

/** A straight line as near as can be to what is final (least squares). */
export function straight(data: readonly (number | null)[], open = data.length): (number | null)[] {
  const known = data.flatMap((y, x) => (y === null || x >= open ? [] : [{ x, y }]));
  if (known.length < 2) return data.map(() => null);
  const mean = (of: (one: { x: number; y: number }) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  const [x, y] = [mean((one) => one.x), mean((one) => one.y)];
  const slope = mean((one) => (one.x - x) * (one.y - y)) / mean((one) => (one.x - x) ** 2);
  return data.map((_, at) => y + slope * (at - x));
}

/** The mean of so many intervals around each; at the ends of the first or last so many. */
export function averaged(data: readonly (number | null)[], intervals: number): (number | null)[] {
  const { length } = data;
  const wide = Math.max(1, Math.round(intervals));
  if (length < wide) return [...data];
  return data.map((_, at) => {
    const end = Math.min(length, Math.max(0, at - Math.floor(wide / 2)) + wide);
    const known = data.slice(Math.max(0, end - wide), end).filter((value) => value !== null);
    return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : null;
  });
}

/** How far a band goes to either side: the standard error of the mean, times the quantile. */
export function halfWidth(data: readonly (number | null)[], percent: number): number {
  const known = data.filter((value) => value !== null);
  if (known.length < 2) return 0;
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  const variance = known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / known.length;
  const share = Math.min(99.999, Math.max(0, percent)) / 100;
  return quantile((1 + share) / 2) * Math.sqrt(variance / known.length);
}

/** Of the normal distribution, for a share above one half (Abramowitz and Stegun 26.2.23). */
function quantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - share));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
