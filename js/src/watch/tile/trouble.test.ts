import { expect, test } from "vitest";
import { absenceOf, failureOf } from "./trouble";

const state = (error: string | null, tile: Record<string, unknown> | null = null) => ({
  id: 1,
  order: 0,
  elapsed: 1,
  took: 1,
  size: 1,
  cached: null,
  round: 1,
  tile,
  error,
  truncated: false,
});

test("of an ErrorDetail only the sentence is shown", () => {
  const said = "[ErrorDetail(string='Unknown table `orders`.', code='unknown_table')]";
  expect(failureOf(state(said))?.sentence).toBe("Unknown table `orders`.");
  const quoted = `[ErrorDetail(string="It's gone.", code='x')]`;
  expect(failureOf(state(quoted))?.sentence).toBe("It's gone.");
  expect(failureOf(state("connection reset"))?.sentence).toBe("connection reset");
});

test("every form of failure is one", () => {
  expect(failureOf(state(null, { error: { message: "bad query" } }))?.sentence).toBe("bad query");
  const slow = { error: true, error_message: "timed out" };
  expect(failureOf(state(null, { insight: { query_status: slow } }))?.sentence).toBe("timed out");
  expect(failureOf(state(null, { insight: { result: [] } }))).toBeNull();
});

test("no result has its reason", () => {
  const result = null;
  expect(absenceOf({ result, query_status: null }, false)?.advice).toContain('refresh="blocking"');
  const query_status = { complete: false };
  expect(absenceOf({ result, query_status }, false)?.sentence).toContain("Still");
  expect(absenceOf({ result }, true)?.advice).toBe("Run the cell again.");
  const denied = { id: 1, short_id: "a", user_access_level: "none" };
  expect(absenceOf(denied, false)?.sentence).toContain("do not have access");
  expect(absenceOf({ result: [] }, false)).toBeNull();
});
