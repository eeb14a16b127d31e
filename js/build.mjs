// Bundle each widget into one self-contained module and one style sheet.
// `node build.mjs --watch` rebuilds on every change.
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../dashwidgets/static/", import.meta.url));

// Bytes, minified: a widget that takes over two seconds to load is deaf for ever.
const BUDGET = { arrange: 150_000, browse: 100_000, edit: 100_000, watch: 200_000 };

const options = {
  absWorkingDir: here,
  entryPoints: Object.keys(BUDGET).map((name) => ({ in: `src/${name}/index.tsx`, out: name })),
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  await (await esbuild.context({ ...options, minify: false, sourcemap: "inline" })).watch();
} else {
  await esbuild.build(options);
  for (const [name, budget] of Object.entries(BUDGET)) {
    const { size } = await stat(`${out}${name}.js`);
    if (size > budget) throw new Error(`${name}.js has ${size} bytes, its budget is ${budget}`);
  }
}
