import { expect, test } from "vitest";
import { oncePerPage } from "./once.mjs";

const evaluated = async (module, nth) =>
  (await import(`data:text/javascript,${encodeURIComponent(`${module}//${nth}`)}`)).default;

test("equal bundles share what the first of them made, others have their own", async () => {
  const bundle = "const made={};export{made as default};";
  const first = await evaluated(oncePerPage(bundle), 1);
  expect(await evaluated(oncePerPage(bundle), 2)).toBe(first);
  expect(await evaluated(oncePerPage(`let other=1;${bundle}`), 1)).not.toBe(first);
  expect([...globalThis.dashwidgetsModules.values()]).toContain(first);
});

test("a bundle with another end stops the build", () => {
  expect(() => oncePerPage("export const a=1;")).toThrow("one export");
});
