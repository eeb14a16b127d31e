// The licence text of everything that a bundle holds: those licences ask for it.
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

/** Files of ours that hold another's work. */
const DERIVED = { "src/charts/map/world.json": "world-atlas" };

/** Names of the packages that bundles are made of, from esbuild's metafile. */
export function packagesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput ? [path] : [])),
  );
  const names = inputs.map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? DERIVED[path],
  );
  return [...new Set(names.filter(Boolean))].sort();
}

/** One text with all of them; a package without one stops the build. */
export async function licensesOf(names, folder = modules) {
  const texts = await Promise.all(names.map((name) => textOf(name, folder)));
  const head = "dashwidgets holds parts of these packages, each under its own licence.\n";
  return [head, ...texts].join(`\n${"-".repeat(72)}\n\n`);
}

async function textOf(name, modules) {
  const folder = `${modules}${name}/`;
  const { version, license } = JSON.parse(await readFile(`${folder}package.json`, "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !license) throw new Error(`${name} has no licence text: it can't be bundled`);
  const text = await readFile(`${folder}${file}`, "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
