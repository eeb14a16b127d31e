// A page evaluates a widget's bundle once, however many models bring it: a browser keeps every
// module that it ever evaluated, some 350 kB each, and each run of a cell makes a model.
// The map of a page's modules by content is that of dashwidgets/widgets/shared/modules.py.
import { createHash } from "node:crypto";

/** The module, whose first copy in a page does the work of all that are equal. */
export function oncePerPage(module) {
  const [whole, made] = /export\{([\w$]+) as default\};?\s*$/.exec(module) ?? [];
  if (!whole) throw new Error("a bundle must end with its one export");
  const key = JSON.stringify(createHash("sha256").update(module).digest("hex").slice(0, 16));
  const body = module.slice(0, -whole.length);
  // Named, not called where it stands: browsers compile such a function at once, needed or not.
  return [
    `function once(){${body};return ${made}}const loaded=globalThis.dashwidgetsModules??=new Map();`,
    `if(!loaded.has(${key}))loaded.set(${key},once());export default loaded.get(${key});`,
  ].join("");
}
