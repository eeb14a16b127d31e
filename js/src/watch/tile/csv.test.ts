import { expect, test } from "vitest";
import { csv } from "./csv";

test("cells are quoted where needed and numbers stay numbers", () => {
  const rows = [["a,b", -3.5], ['say "x"', null], [{ id: 1 }, true]];
  expect(csv({ columns: ["name", "value"], rows })).toBe(
    'name,value\r\n"a,b",-3.5\r\n"say ""x""",\r\n"{""id"":1}",true\r\n',
  );
});

test.each(["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", " =1"])("%j is no formula", (cell) => {
  expect(csv({ columns: [cell], rows: [] })).toBe(`'${cell}\r\n`);
});
