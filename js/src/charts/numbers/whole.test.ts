import { expect, test, vi } from "vitest";
import { csv } from "../../watch/tile/csv";
import { cellsOf } from "../tables/cells";
import { drawingOf } from "../drawing";
import type { Json } from "../json";
import { parse, stringify } from "./whole";

test("whole numbers of any length keep their digits, and nothing else changes", () => {
  const json =
    '{"id":9007199254740993,"n":-12345678901234567890,"safe":1234567890123456,' +
    '"x":0.1234567890123456789,"e":1e30,"t":"9007199254740993 \\" 9007199254740993"}';
  expect(parse(json)).toEqual({
    id: 9007199254740993n,
    n: -12345678901234567890n,
    safe: 1234567890123456,
    x: 0.1234567890123456789,
    e: 1e30,
    t: '9007199254740993 " 9007199254740993',
  });
  expect(stringify({ a: [9007199254740993n, "b"] })).toBe('{"a":[9007199254740993,"b"]}');
});

test("long fractions, dates and texts are read in one go, a long number anywhere is not", () => {
  const random = vi.spyOn(crypto, "getRandomValues");
  parse('{"x":[0.1234567890123456789,19.666666666666664],"t":"id 9007199254740993"}');
  expect(random).not.toHaveBeenCalled();
  for (const json of ["9007199254740993", "[1, 9007199254740993]", '{"a" : -9007199254740993}']) {
    parse(json);
    expect(random).toHaveBeenCalledOnce();
    random.mockClear();
  }
});

test("an id survives to the table and its CSV", () => {
  const insight = parse(
    '{"query":{"kind":"DataVisualizationNode","source":{"kind":"HogQLQuery"}},' +
      '"columns":["id","name"],"types":[["id","UInt64"],["name","String"]],' +
      '"result":[[18446744073709551615,"a"],[-9007199254740993,"b"]]}',
  ) as Json;
  const cells = cellsOf(drawingOf(insight));
  expect(cells?.rows[0]?.[0]).toBe(18446744073709551615n);
  expect(csv(cells ?? { columns: [], rows: [] })).toBe(
    "id,name\r\n18446744073709551615,a\r\n-9007199254740993,b\r\n",
  );
});
