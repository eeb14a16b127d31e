// Draw the world once: `node world.mjs` writes src/charts/map/world.json, a line a country: its two
// letters, then each ring behind a space. A step to the next point is one character; what is too
// far for that is "!" and two. The first line has the characters by their number, the most frequent
// numbers those that are frequent in code: the same Huffman tree then packs both, and 0.7 kB less
// are sent. src/charts/map/world.ts makes SVG paths of it.
// Outlines are Natural Earth's (public domain) as world-atlas packs them, simplified to what a
// tile can show. Small states fall away: the list beside the map has them all.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const DETAIL = 0.3; // square degrees: the smallest triangle that stays
const WIDTH = 450;
const NEAR = 4; // a step within so many units is one character
const FAR = 45;
const RING = -1;
const WIDE = -2;
const MARKS = { [RING]: " ", [WIDE]: "!" };
const TOP = 1.375; // of the projection, a little above Greenland
/** Characters by how often they are in minified code; JSON leaves each as it is. */
const FREQUENT =
  "etnr)(l,a.is=ou:c{}dhpfmg[]?&;0v|w>_byk-x1/+$AS*MCTRLP2^z3O<BNEIDFjUqQ94WZHV56J~G7KY8%X#@'`";
const PARTS = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" }; // have no number of their own

/** The world, packed: half of what the same paths would be. */
export async function world() {
  const packed = new URL(import.meta.resolve("world-atlas/countries-110m.json"));
  const topology = JSON.parse(await readFile(packed, "utf8"));
  const simple = simplify(presimplify(topology), DETAIL);
  const paths = {};
  for (const { id, geometry, properties } of feature(simple, simple.objects.countries).features) {
    const code = PARTS[properties.name] ?? countries.numericToAlpha2(id);
    if (!code) throw new Error(`${properties.name} has no code`);
    if (code === "AQ") continue; // nobody is there to be counted
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const path = polygons.flat().map(unwrapped).flatMap(ring);
    if (path.length > 0) paths[code] = [...(paths[code] ?? []), ...path];
  }
  return written(Object.entries(paths));
}

/** The lines, their numbers as characters. */
function written(paths) {
  const counts = Array.from({ length: 2 * FAR + 1 }, () => 0);
  for (const [, path] of paths) for (const rank of path) if (rank >= 0) counts[rank] += 1;
  const ranks = [...counts.keys()].sort((one, other) => counts[other] - counts[one]);
  const letters = [];
  ranks.forEach((rank, nth) => (letters[rank] = FREQUENT[nth]));
  const text = (path) => path.map((rank) => letters[rank] ?? MARKS[rank]).join("");
  return [letters.join(""), ...paths.map(([code, path]) => code + text(path))].join("\n");
}

/** Chukotka and Fiji go on behind the date line instead of across the whole map. */
function unwrapped(points) {
  let turned = 0;
  return points.map(([longitude, latitude], index) => {
    const step = longitude - (points[index - 1]?.[0] ?? longitude);
    if (Math.abs(step) > 180) turned -= 360 * Math.sign(step);
    return [longitude + turned, latitude];
  });
}

/** A closed ring in whole units, each point relative to the one before, as numbers and marks. */
function ring(points) {
  let packed = [];
  let steps = 0;
  let before;
  for (const [x, y] of points.map(projected)) {
    const [right, down] = before ? [x - before[0], y - before[1]] : [0, 0];
    if (!before) packed = [RING, ...absolute(x), ...absolute(y)];
    else if (right === 0 && down === 0) continue;
    else {
      packed.push(...step(right, down));
      steps += 1;
    }
    before = [x, y];
  }
  return steps > 2 ? packed : [];
}

function step(right, down) {
  const size = Math.max(Math.abs(right), Math.abs(down));
  if (size <= NEAR) return [(right + NEAR) * (2 * NEAR + 1) + down + NEAR];
  if (size <= FAR) return [WIDE, right + FAR, down + FAR];
  const [across, below] = [right, down].map((distance) => Math.trunc(distance / 2));
  return [...step(across, below), ...step(right - across, down - below)];
}

function absolute(place) {
  return [Math.floor(place / FAR), place % FAR];
}

/** The Natural Earth projection (Šavrič, Patterson and Jenny, 2011). */
function projected([longitude, latitude]) {
  const [lambda, phi] = [longitude, latitude].map((degrees) => (degrees * Math.PI) / 180);
  const p2 = phi * phi;
  const p4 = p2 * p2;
  const x = 0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4));
  const y = 1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4));
  const unit = WIDTH / (2 * Math.PI * 0.8707);
  return [Math.round(lambda * x * unit + WIDTH / 2), Math.round((TOP - phi * y) * unit)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = new URL("src/charts/map/world.json", import.meta.url);
  await writeFile(target, `${JSON.stringify(await world(), null, 0)}\n`);
}
