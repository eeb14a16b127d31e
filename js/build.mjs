// Bundle each widget into one self-contained module and one style sheet.
// `node build.mjs --watch` rebuilds on every change.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { leanMarked } from "./lean_marked.mjs";
import { licensesOf, packagesOf } from "./licenses.mjs";
import { oncePerPage } from "./once.mjs";
import { sbomOf } from "./sbom.mjs";
import { minify } from "terser";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../dashwidgets/static/", import.meta.url));

// Kilobytes, minified and gzipped: a widget that takes over two seconds to load is deaf for ever.
const BUDGET = { arrange: [150, 50], browse: [100, 35], edit: [100, 35], watch: [200, 70] };

/** What esbuild made, some 3 % smaller; licenses stay where it has put them. */
async function smaller(bundle) {
  const licenses = bundle.match(/^\/\*![^]*?\*\/$/gm) ?? [];
  // Measured: what gzip likes better is not always what is shorter.
  const compress = {
    passes: 3,
    if_return: false,
    lhs_constants: false,
    unsafe_arrows: true,
    unsafe_methods: true,
  };
  const settings = { module: true, ecma: 2020, compress };
  // One letter beyond Latin-1 doubles what a browser needs for the text, in each model.
  const format = { ascii_only: true, comments: false, ecma: 2020 };
  const once = await minify(bundle, { ...settings, format });
  const { code } = await minify(once.code, { ...settings, format }); // some bytes more
  return `${[oncePerPage(code), ...licenses].join("\n")}\n`;
}

const options = {
  plugins: [leanMarked],
  absWorkingDir: here,
  entryPoints: Object.keys(BUDGET).map((name) => ({ in: `src/${name}/index.tsx`, out: name })),
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  metafile: true,
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  await (await esbuild.context({ ...options, minify: false, sourcemap: "inline" })).watch();
} else {
  const { metafile } = await esbuild.build(options);
  const packages = packagesOf(metafile);
  await writeFile(`${out}licenses.txt`, await licensesOf(packages));
  await writeFile(`${out}bundled.cdx.json`, await sbomOf(packages));
  for (const [name, [most, mostGzipped]] of Object.entries(BUDGET)) {
    const body = Buffer.from(await smaller(await readFile(`${out}${name}.js`, "utf8")));
    await writeFile(`${out}${name}.js`, body);
    const [size, gzipped] = [body, gzipSync(body, { level: 9 })].map(({ length }) => length / 1000);
    if (size > most || gzipped > mostGzipped) {
      const allowed = `${most} kB and ${mostGzipped} kB gzipped`;
      throw new Error(`${name}.js has ${size} kB, ${gzipped} kB gzipped; its budget is ${allowed}`);
    }
  }
}
