// Bundle each widget into one self-contained module and one style sheet.
// `node build.mjs --watch` rebuilds on every change.
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../dashwidgets/static/", import.meta.url));

// Bytes, minified: a widget that takes over two seconds to load is deaf for ever.
const BUDGET = { arrange: 150_000, browse: 100_000, edit: 100_000, watch: 200_000 };

// Only marked's lexer is used, but the ready-made instance at the end of its one file holds on to
// the rest, which makes HTML: a fifth of the parser, in three bundles.
const leanMarked = {
  name: "lean-marked",
  setup(build) {
    build.onLoad({ filter: /marked\.esm\.js$/ }, async ({ path }) => {
      const whole = await readFile(path, "utf8");
      const [, lexer] = /(\w+) as Lexer\b/.exec(whole) ?? [];
      const instance = whole.search(/var \w+=new \w+;function (\w+)\([\w,]+\)\{return \w+\.parse\(/);
      if (!lexer || instance < 0) throw new Error("marked has changed: leave this plugin out");
      return { contents: `${whole.slice(0, instance)}export { ${lexer} as Lexer };` };
    });
  },
};

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
