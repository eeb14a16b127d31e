import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sbomOf } from "./sbom.mjs";

test("each package is listed with version, licence and address, the same in every build", async () => {
  const modules = await mkdtemp(join(tmpdir(), "sbom-"));
  const about = JSON.stringify({ version: "1.2.3", license: "MIT" });
  for (const name of ["plain", "@made/up"]) {
    await mkdir(join(modules, name), { recursive: true });
    await writeFile(join(modules, name, "package.json"), about);
  }
  const names = ["@made/up", "plain"];
  const text = await sbomOf(names, `${modules}/`);
  const { components, dependencies } = JSON.parse(text);
  const purls = ["pkg:npm/%40made/up@1.2.3", "pkg:npm/plain@1.2.3"];
  expect(components.map(({ purl }) => purl)).toEqual(purls);
  expect(components[0]).toMatchObject({ group: "@made", name: "up", version: "1.2.3" });
  expect(components[1].licenses).toEqual([{ expression: "MIT" }]);
  expect(dependencies).toEqual([{ ref: "dashwidgets", dependsOn: purls }]);
  expect(await sbomOf(names, `${modules}/`)).toBe(text);
});
