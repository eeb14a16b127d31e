import { expect, test } from "vitest";
import { FakeModel } from "./fake_model";

interface Files {
  readFileSync(file: URL, encoding: "utf8"): string;
}
const { readFileSync } = (await import("node:fs" as string)) as Files;
const MODULES = new URL("../../../dashwidgets/widgets/shared/modules.py", import.meta.url);

interface Stub {
  default(): { initialize(context: object): Promise<string> };
}

/** What Python sends instead of a module, with these values filled in. */
function stub(holder: string): Promise<Stub> {
  const [, source] = /Template\(\s*"""([^]*?)"""/.exec(readFileSync(MODULES, "utf8"))!;
  const values: Record<string, string> = { holder, name: "edit", changes: "change:edit", digest: "d" };
  const code = source!.replace(/\$(\w+)/g, (_, key: string) => JSON.stringify(values[key]));
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
}

class Holder extends FakeModel<{ edit: { byteLength: number } }> {
  once = this.on.bind(this);
}

test("an explorer that was closed before its code came keeps no other from loading it", async () => {
  const [closed, other] = [0, 1].map(() => new Holder({ edit: { byteLength: 0 } }));
  const holders: Record<string, Holder> = { closed: closed!, other: other! };
  const widget_manager = { get_model: (id: string) => Promise.resolve(holders[id]) };
  const load = async (id: string) =>
    (await stub(id)).default().initialize({ model: { widget_manager } });

  const first = load("closed");
  const second = load("other");
  const outcome = Promise.allSettled([first]);
  await new Promise((done) => setTimeout(done));
  closed!.tell("destroy");
  expect((await outcome)[0]!.status).toBe("rejected");
  await new Promise((done) => setTimeout(done));
  // The other now asks its own holder: what that one has is awaited there.
  expect([closed, other].map((holder) => holder!.listeners > 0)).toEqual([true, true]);
  other!.tell("destroy");
  await expect(second).rejects.toThrow("closed");
});
