import { expect, test, vi } from "vitest";
import { FakeBoard, status, textTile } from "./fake_model";
import { createLive, type Live } from "./live";
import type { WatchState } from "./state";

const streaming = status({ phase: "streaming" });
const complete = status({ phase: "complete" });

function start(state: Partial<WatchState> = {}): [FakeBoard, Live] {
  const fake = new FakeBoard(state);
  return [fake, createLive(fake.model, new AbortController().signal)];
}

function shown(live: Live): Record<number, string | null> {
  const bodies = live.tiles.entries.value.map(({ id, state }) => {
    const text = state.value?.tile?.["text"] as { body: string } | undefined;
    return [id, text?.body ?? null];
  });
  return Object.fromEntries(bodies);
}

test("a flush fills tiles and leaves the others alone", () => {
  const skeleton = [1, 2].map((id) => ({ id, name: "", kind: "text", layout: null }));
  const [fake, live] = start({ skeleton });
  expect(fake.sent).toEqual([{ op: "ready" }]);
  const untouched = vi.fn();
  live.tiles.entries.value[1]!.state.subscribe(untouched);

  fake.message("tiles", 1, status({ phase: "streaming", arrived: 1 }), [textTile(1, "a")]);

  expect(shown(live)).toEqual({ 1: "a", 2: null });
  expect(live.status.value.arrived).toBe(1);
  expect(untouched).toHaveBeenCalledTimes(1);
});

test("a lost flush is asked for once, and the answer fills the hole", () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "a")]);
  fake.message("tiles", 3, streaming, [textTile(3, "c")]);
  fake.message("tiles", 5, streaming, [textTile(5, "e")]);
  expect(fake.sent).toEqual([{ op: "ready" }, { op: "resync" }]);
  expect(shown(live)).toEqual({ 1: "a", 3: "c", 5: "e" });

  const all = [1, 2, 3, 4, 5].map((id) => textTile(id, "abcde"[id - 1]!));
  fake.message("snapshot", 5, streaming, all);
  fake.message("tiles", 6, streaming, [textTile(6, "f")]);
  expect(shown(live)).toEqual({ 1: "a", 2: "b", 3: "c", 4: "d", 5: "e", 6: "f" });
  expect(fake.sent).toHaveLength(2);
});

test("a snapshot older than the last flush takes nothing away", () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "a")]);
  fake.message("tiles", 2, complete, [textTile(2, "b")]);
  fake.message("snapshot", 1, streaming, [textTile(1, "a")]);
  expect(shown(live)).toEqual({ 1: "a", 2: "b" });
  expect(live.status.value.phase).toBe("complete");
});

test("a saved notebook draws from the traits alone", () => {
  const snapshot = { seq: 9, tiles: [textTile(1, "a")] };
  const [, live] = start({ status: complete, snapshot });
  expect(shown(live)).toEqual({ 1: "a" });
});

test("the snapshot's shortened result does not replace the whole one", () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "whole")]);
  const tiles = [textTile(1, "", { truncated: true })];
  fake.set("snapshot", { seq: 1, tiles });
  expect(shown(live)).toEqual({ 1: "whole" });

  const [answering, reopened] = start({ snapshot: { seq: 1, tiles } });
  answering.message("snapshot", 1, complete, [textTile(1, "whole")]);
  expect(shown(reopened)).toEqual({ 1: "whole" });
});

test("a second run starts with an empty board", () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "a"), textTile(2, "b")]);
  fake.set("status", complete);
  live.retry();
  fake.message("tiles", 2, streaming, [textTile(1, "new")]);
  expect(shown(live)).toEqual({ 1: "new", 2: null });
  expect(fake.sent).toEqual([{ op: "ready" }, { op: "retry" }]);
});

test("silence is said, and any word from the kernel ends it", () => {
  vi.useFakeTimers();
  const [fake, live] = start();
  vi.runAllTimers();
  expect(live.unanswered.value).toBe(true);
  fake.set("status", streaming);
  expect(live.unanswered.value).toBe(false);

  const [, saved] = start({ status: complete });
  vi.runAllTimers();
  expect(saved.unanswered.value).toBe(false);
  vi.useRealTimers();
});

test("after the model is gone nothing is heard", () => {
  const fake = new FakeBoard();
  const until = new AbortController();
  const live = createLive(fake.model, until.signal);
  until.abort();
  fake.message("tiles", 1, streaming, [textTile(1, "a")]);
  expect(shown(live)).toEqual({});
});
