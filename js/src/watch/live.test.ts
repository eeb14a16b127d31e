import { expect, test, vi } from "vitest";
import { FakeBoard, packed, status, textTile } from "./fake_model";
import { createLive, together, type Live } from "./live";

const streaming = status({ phase: "streaming" });
const complete = status({ phase: "complete" });

function start(state: ConstructorParameters<typeof FakeBoard>[0] = {}): [FakeBoard, Live] {
  const fake = new FakeBoard(state);
  const [live] = createLive(fake.model, new AbortController().signal);
  return [fake, live!];
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
  fake.message("snapshot", 0, streaming, []);
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

test("a message that asks is answered once it is drawn, and no other", () => {
  vi.useFakeTimers();
  const [fake, live] = start();
  for (const seq of [1, 2, 3]) {
    fake.message("tiles", seq, streaming, [textTile(seq, "a")], { ack: seq === 2 });
  }
  expect(Object.keys(shown(live))).toHaveLength(3);
  expect(fake.sent).toEqual([{ op: "ready" }]);
  vi.advanceTimersByTime(5000);
  expect(fake.sent.slice(1)).toEqual([{ op: "ack", seq: 2 }]);
  vi.useRealTimers();
});

test("a saved notebook draws from the traits alone", async () => {
  const [, live] = start({ status: complete, snapshot: await packed(9, [textTile(1, "a")]) });
  await vi.waitFor(() => expect(shown(live)).toEqual({ 1: "a" }));
});

test("the snapshot's shortened result does not replace the whole one", async () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "whole")]);
  const short = await packed(1, [textTile(1, "", { truncated: true }), textTile(2, "b")]);
  fake.set("snapshot", short);
  await vi.waitFor(() => expect(shown(live)).toEqual({ 1: "whole", 2: "b" }));

  const [answering, reopened] = start({ snapshot: short });
  await vi.waitFor(() => expect(shown(reopened)).toEqual({ 1: "", 2: "b" }));
  answering.message("snapshot", 1, complete, [textTile(1, "whole"), textTile(2, "b")]);
  expect(shown(reopened)).toEqual({ 1: "whole", 2: "b" });
});

test("a second round keeps a tile until its next arrival", () => {
  const [fake, live] = start();
  fake.message("tiles", 1, streaming, [textTile(1, "a"), textTile(2, "b")]);
  fake.set("statuses", [complete]);
  live.again({ refresh: "force_blocking" });
  const refreshing = status({ phase: "refreshing", round: 2 });
  fake.message("tiles", 2, refreshing, [textTile(1, "new", { round: 2, elapsed: 0.01 })]);
  expect(shown(live)).toEqual({ 1: "new", 2: "b" });
  expect(fake.sent).toEqual([
    { op: "ready" },
    { op: "again", section: 0, refresh: "force_blocking" },
  ]);
});

test("a tile that left the board leaves the view", () => {
  const known = (id: number) => ({ id, name: "", kind: "text", layout: null });
  const [fake, live] = start({ skeleton: [known(1), known(2)] });
  fake.message("tiles", 1, streaming, [textTile(1, "a"), textTile(2, "b")]);
  fake.set("skeletons", [[known(1)]]);
  expect(shown(live)).toEqual({ 1: "a" });
});

test("several boards fill in by themselves", () => {
  const fake = new FakeBoard({}, {});
  const lives = createLive(fake.model, new AbortController().signal);
  fake.message("tiles", 1, complete, [textTile(1, "a")], { section: 1 });
  expect(lives.map(shown)).toEqual([{}, { 1: "a" }]);
  expect(together(lives)).toBe("connecting");
  lives[1]!.pause();
  expect(fake.sent.at(-1)).toEqual({ op: "pause", section: 1 });
});

test("silence is said, and any word from the kernel ends it", () => {
  vi.useFakeTimers();
  const [fake, live] = start();
  vi.runAllTimers();
  expect(live.unanswered.value).toBe(true);
  fake.set("statuses", [streaming]);
  expect(live.unanswered.value).toBe(false);

  const [, saved] = start({ status: complete });
  vi.runAllTimers();
  expect(saved.unanswered.value).toBe(false);
  vi.useRealTimers();
});

test("after the model is gone nothing is heard", () => {
  const fake = new FakeBoard();
  const until = new AbortController();
  const [live] = createLive(fake.model, until.signal);
  until.abort();
  fake.message("tiles", 1, streaming, [textTile(1, "a")]);
  expect(shown(live!)).toEqual({});
});

test("a kernel that can't be asked any more has not answered, and nothing breaks", () => {
  vi.useFakeTimers();
  const [fake, live] = start();
  vi.spyOn(fake, "send").mockImplementation(() => {
    throw new Error("Cannot send");
  });
  fake.message("tiles", 1, streaming, [textTile(1, "a")], { ack: true });
  vi.advanceTimersByTime(1);
  expect(live.unanswered.value).toBe(true);
  live.pause();
  vi.useRealTimers();
});
