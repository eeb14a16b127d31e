// What a bundle is made of, as a CycloneDX list (PEP 770) for those who look for advisories.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

/** The list, without a moment or a serial number: two builds give the same bytes. */
export async function sbomOf(names, folder = modules) {
  const components = await Promise.all(names.map((name) => componentOf(name, folder)));
  const us = { type: "library", "bom-ref": "dashwidgets", name: "dashwidgets", purl: "pkg:pypi/dashwidgets" };
  const list = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: us },
    components,
    dependencies: [{ ref: us["bom-ref"], dependsOn: components.map(({ purl }) => purl) }],
  };
  return `${JSON.stringify(list, null, 2)}\n`;
}

async function componentOf(name, folder) {
  const { version, license } = JSON.parse(await readFile(`${folder}${name}/package.json`, "utf8"));
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [last, group] = name.split("/").reverse();
  const named = group ? { group, name: last } : { name };
  return { type: "library", "bom-ref": purl, ...named, version, licenses: [{ expression: license }], purl };
}
