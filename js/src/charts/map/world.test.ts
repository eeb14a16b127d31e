import { expect, test } from "vitest";
import { world } from "../../../world.mjs";
import { centre, outlines } from "./world";
import packed from "./world.json";

test("the world is as the script draws it", async () => {
  expect(packed).toEqual(await world());
});

test("every outline has two letters and closed rings", () => {
  const all = Object.entries(outlines());
  expect(all.length).toBeGreaterThan(160);
  for (const [code, path] of all) {
    expect(code).toMatch(/^[A-Z]{2}$/);
    expect(path).toMatch(/^(M-?\d+,-?\d+l[-\d, ]+z)+$/);
  }
});

test("countries lie where they are", () => {
  const places = ["US", "DE", "IN", "JP"].map((code) => centre(outlines()[code] ?? ""));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(centre(outlines()["DE"] ?? "")).toBeCloseTo(0.52, 1);
});
