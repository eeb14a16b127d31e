/*! World outlines: Natural Earth (public domain), packed by world-atlas, (c) 2013-2019 Michael Bostock, ISC */
import outlines from "./world.json";

/** A path a country, by its two letters; world.mjs draws them. Small states are not among them. */
export const OUTLINES: Readonly<Record<string, string>> = outlines;

const WIDTH = 720;

/** What of the plane to show. */
export const SIZE = `0 0 ${WIDTH} 312`;

/** Where a country lies from west to east, 0 to 1: the middle of its largest part. */
export function centre(path: string): number {
  const parts = path.split("M").sort((one, other) => other.length - one.length);
  const [start = 0, , ...steps] = (parts[0]?.match(/-?\d+/g) ?? []).map(Number);
  let x = start;
  const all = [x, ...steps.filter((_, index) => index % 2 === 0).map((step) => (x += step))];
  return (Math.min(...all) + Math.max(...all)) / 2 / WIDTH;
}
