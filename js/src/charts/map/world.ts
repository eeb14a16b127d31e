/*! World outlines: Natural Earth (public domain), packed by world-atlas, (c) 2013-2019 Michael Bostock, ISC */
import packed from "./world.json";

const NEAR = 4;
const FAR = 45;
const [letters = "", ...countries] = packed.split("\n");

let made: Readonly<Record<string, string>> | undefined;

/** A path a country, by its two letters; world.mjs draws them. Small states are not among them. */
export function outlines(): Readonly<Record<string, string>> {
  // When the first map is drawn: most boards have none.
  return (made ??= Object.fromEntries(
    countries.map((line) => {
      const [code = "", ...rings] = line.split(" ");
      return [code, rings.map(pathOf).join("")];
    }),
  ));
}

function pathOf(ring: string): string {
  const ranks = [...ring].map((letter) => letters.indexOf(letter));
  const next = () => ranks.shift() ?? 0;
  let path = `M${next() * FAR + next()},${next() * FAR + next()}l`;
  while (ranks.length > 0) {
    const rank = next();
    const wide = 2 * NEAR + 1;
    path +=
      rank < 0
        ? `${next() - FAR},${next() - FAR} `
        : `${Math.floor(rank / wide) - NEAR},${(rank % wide) - NEAR} `;
  }
  return `${path}z`;
}

const WIDTH = 450;

/** What of the plane to show. */
export const SIZE = `0 0 ${WIDTH} 195`;

/** Where a country lies from west to east, 0 to 1: the middle of its largest part. */
export function centre(path: string): number {
  const parts = path.split("M").sort((one, other) => other.length - one.length);
  const [start = 0, , ...steps] = (parts[0]?.match(/-?\d+/g) ?? []).map(Number);
  let x = start;
  const all = [x, ...steps.filter((_, index) => index % 2 === 0).map((step) => (x += step))];
  return (Math.min(...all) + Math.max(...all)) / 2 / WIDTH;
}
