import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { licensesOf, packagesOf } from "./licenses.mjs";

async function withPackage(files) {
  const modules = await mkdtemp(join(tmpdir(), "licenses-"));
  await mkdir(join(modules, "made-up"));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(modules, "made-up", name), text);
  return `${modules}/`;
}

const ABOUT = JSON.stringify({ version: "1.2.3", license: "MIT" });

test("a package is bundled with its licence text", async () => {
  const modules = await withPackage({ "package.json": ABOUT, LICENSE: "Permission is granted" });
  expect(await licensesOf(["made-up"], modules)).toContain("made-up 1.2.3 (MIT)\n\nPermission is");
});

test("a package without a licence text stops the build", async () => {
  const modules = await withPackage({ "package.json": ABOUT });
  await expect(licensesOf(["made-up"], modules)).rejects.toThrow("made-up has no licence text");
});

test("a bundle's own build tells which packages are in it, and files of ours made from others", () => {
  const inputs = {
    "node_modules/@made/up/index.js": { bytesInOutput: 10 },
    "node_modules/unused/index.js": { bytesInOutput: 0 },
    "src/charts/map/world.json": { bytesInOutput: 10 },
    "src/watch/index.tsx": { bytesInOutput: 10 },
  };
  expect(packagesOf({ outputs: { "watch.js": { inputs } } })).toEqual(["@made/up", "world-atlas"]);
});
