import { expect, test } from "vitest";
import { unpacked } from "./packed";

const packed = async (value: unknown) => {
  const text = new Blob([JSON.stringify(value)]).stream();
  const deflated = text.pipeThrough(new CompressionStream("deflate"));
  return new DataView(await new Response(deflated).arrayBuffer());
};
const reading = (...values: unknown[]) => {
  const get = () => (values.length > 1 ? values.shift() : values[0]);
  return unpacked<{ columns: unknown }, "columns">({ get } as never, "columns");
};

test("columns are inflated, or taken as they are", async () => {
  expect(await reading(await packed({ name: ["Émile", null] }))).toEqual({ name: ["Émile", null] });
  expect(await reading({ name: ["One"] })).toEqual({ name: ["One"] });
});

test("the last columns win, whichever are inflated first", async () => {
  const last = await packed({ name: ["new"] });
  expect(await reading(await packed({ name: ["old"] }), last)).toEqual({ name: ["new"] });
});

test("bytes that are not deflated are an error", async () => {
  await expect(reading(new DataView(new ArrayBuffer(9)))).rejects.toThrow();
});
