// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { FakeBoard, packed, status, textTile } from "../fake_model";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { default: widget } = await import("../index");

const SKELETON = [
  { id: 1, name: "", kind: "text", layout: { x: 0, y: 0, w: 12, h: 1 } },
  { id: 2, name: "Weekly actives", kind: "insight", layout: { x: 0, y: 1, w: 3, h: 2 } },
];
const streaming = status({ phase: "streaming", arrived: 1, expected: 2, elapsed: 0.5 });

beforeEach(() => document.body.replaceChildren());

async function show(state: ConstructorParameters<typeof FakeBoard>[0]): Promise<FakeBoard> {
  const fake = new FakeBoard(state);
  const { signal } = new AbortController();
  const tools = { model: fake.model, signal, experimental: undefined as never };
  const board = widget();
  board.initialize(tools);
  const host = undefined as never;
  await act(() => board.render({ ...tools, el: document.body, host }));
  return fake;
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

function states(): Record<string, string | undefined> {
  const tiles = document.querySelectorAll<HTMLElement>("[data-dw-tile]");
  return Object.fromEntries(
    [...tiles].map(({ dataset }) => [dataset["dwTile"], dataset["dwState"]]),
  );
}

test("a known tile changes in place", async () => {
  const fake = await show({ skeleton: SKELETON });
  const tile = find("[data-dw-tile='1']");
  expect(states()).toEqual({ 1: "waiting", 2: "waiting" });
  expect(find("[data-dw-tile='2']").textContent).toContain("Weekly actives");

  await act(() => fake.message("tiles", 1, streaming, [textTile(1, "## Hello")]));

  expect(find("[data-dw-tile='1']")).toBe(tile);
  expect(states()).toEqual({ 1: "done", 2: "waiting" });
  expect(tile.querySelector("h2")?.textContent).toBe("Hello");
  expect(find(".dw-watch").dataset["dwPhase"]).toBe("streaming");
  expect(find(".dw-phase").textContent).toBe("streaming, 1 of 2");
  expect(find(".dw-timeline").textContent).toContain("rendering…");
});

test("an unknown tile is seen waiting before it is done", async () => {
  const fake = await show({});
  const seen: string[] = [];
  const observer = new MutationObserver((changes) =>
    changes.forEach(({ oldValue, target }) =>
      seen.push(`${oldValue} -> ${(target as HTMLElement).dataset["dwState"]}`),
    ),
  );
  const attributeFilter = ["data-dw-state"];
  observer.observe(document.body, { subtree: true, attributeOldValue: true, attributeFilter });

  await act(() => fake.message("tiles", 1, streaming, [textTile(5, "late")]));

  expect(seen).toEqual(["waiting -> done"]);
});

test("a failed tile says why, and the board how many", async () => {
  const fake = await show({ skeleton: SKELETON });
  const error = "[ErrorDetail(string='Unknown table `orders`.', code='unknown_table')]";
  const failed = { ...textTile(2, ""), tile: null, error };
  const over = status({ phase: "complete", arrived: 2, failed: 1, expected: 2 });
  await act(() => fake.message("tiles", 1, over, [textTile(1, "a"), failed]));

  expect(states()).toEqual({ 1: "done", 2: "failed" });
  expect(find("[data-dw-tile='2']").textContent).toContain("Unknown table `orders`.");
  await act(() => find(".dw-timeline summary").click());
  expect(find(".dw-timeline").textContent).toContain("failed: Unknown table");
  expect(find(".dw-phase").textContent).toBe("complete, 2 tiles, 1 failed");
  expect(find("footer").textContent).toContain("1 tile failed · live.results has 1 frame");
  find("[data-dw-tile='2'] button").click();
  expect(fake.sent.at(-1)).toEqual({ op: "retry", section: 0, tile: 2 });
});

test("a recorded round offers no retry", async () => {
  const fake = await show({ skeleton: SKELETON });
  expect(find("footer").textContent).toContain("retry");
  const [board] = fake.get("boards");
  await act(() => fake.set("boards", [{ ...board!, recorded: "on 22 Nov" }]));

  expect(find("footer").textContent).not.toContain("retry");
  const before = fake.sent.length;
  find("[data-dw-tile='2']").dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
  expect(fake.sent.length).toBe(before);
});

test("a stream that broke says so and keeps its tiles; Refresh asks Python", async () => {
  const fake = await show({ skeleton: SKELETON });
  await act(() => fake.message("tiles", 1, streaming, [textTile(1, "kept")]));
  const message = "The stream ended early: press Refresh.";
  await act(() => fake.set("statuses", [status({ phase: "failed", arrived: 1, message })]));

  expect(find("[role=alert]").textContent).toBe(message);
  expect(states()).toEqual({ 1: "done", 2: "waiting" });
  await vi.waitFor(() =>
    expect(find("[data-dw-tile='2']").textContent).toContain("Did not arrive."),
  );
  const refresh = find("select[aria-label=Refresh]") as HTMLSelectElement;
  refresh.value = "force_blocking";
  refresh.dispatchEvent(new Event("change"));
  expect(fake.sent.at(-1)).toEqual({ op: "again", section: 0, refresh: "force_blocking" });
});

test("c copies what a tile shows", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const source = { kind: "TrendsQuery", trendsFilter: { display: "BoldNumber" } };
  const query = { kind: "InsightVizNode", source };
  const insight = { name: "Weekly actives", query, result: [{ aggregated_value: 12480 }] };
  const tiles = [{ ...textTile(2, ""), tile: { id: 2, insight } }];
  await show({ status: status({ phase: "complete" }), snapshot: await packed(1, tiles) });
  await vi.waitFor(() => expect(find(".dw-number").textContent).toBe("12,480"));

  const press = new KeyboardEvent("keydown", { key: "c" });
  await act(async () => void find("[data-dw-tile='2']").dispatchEvent(press));

  await vi.waitFor(() => expect(find("footer").textContent).toContain("Copied 1 row"));
  expect(writeText).toHaveBeenCalledWith("value,previous\r\n12480,\r\n");
});

test("a tile leads to its insight, and to other widgets where somebody listens", async () => {
  const insight = { name: "Weekly actives", short_id: "aB3x", query: {}, result: null };
  const tiles = [{ ...textTile(2, ""), tile: { id: 2, insight } }];
  const fake = await show({ skeleton: SKELETON });
  await act(() => fake.message("tiles", 1, status({ phase: "complete" }), tiles));
  await act(() => find("[data-dw-tile='2'] .dw-menu button").click());
  const names = () => [...document.querySelectorAll(".dw-menu > *")].map((one) => one.textContent);
  expect(names()).toEqual(["⋯", "Open in PostHog", "Copy CSV", "SVG", "PNG"]);
  const link = find(".dw-menu a") as HTMLAnchorElement;
  expect(link.href).toBe("http://example.com/insights/aB3x");
  await act(() => fake.set("opens", true));
  expect(names().slice(1, 4)).toEqual(["Open in PostHog", "References", "Arrange"]);
  (document.querySelectorAll(".dw-menu button")[2] as HTMLElement).click();
  expect(fake.sent.at(-1)).toEqual({ op: "open", section: 0, tile: 2, what: "arrange" });
});

test("two views share one board", async () => {
  const fake = new FakeBoard({ skeleton: SKELETON });
  const { signal } = new AbortController();
  const tools = { model: fake.model, signal, experimental: undefined as never };
  const board = widget();
  board.initialize(tools);
  const host = undefined as never;
  const views = [1, 2].map(() => document.body.appendChild(document.createElement("div")));
  await act(() => views.forEach((el) => void board.render({ ...tools, el, host })));
  await act(() => fake.message("tiles", 1, streaming, [textTile(1, "a")]));
  expect(views.map((el) => el.querySelectorAll("[data-dw-state=done]").length)).toEqual([1, 1]);
  expect(fake.sent).toEqual([{ op: "ready" }]);
});

test("what the stream is doing is said, and can be held", async () => {
  const fake = await show({ skeleton: SKELETON });
  const message = "The connection broke: asking again in 0.2 s.";
  const retrying = status({ phase: "retrying", arrived: 1, expected: 2, message });
  await act(() => fake.set("statuses", [retrying]));
  expect(find(".dw-phase").textContent).toBe("interrupted, retrying, 1 of 2");
  expect(find("header [role=status]").textContent).toBe(message);
  find("header button").click();
  expect(fake.sent.at(-1)).toEqual({ op: "pause", section: 0 });

  await act(() => fake.set("statuses", [status({ phase: "paused", arrived: 1, expected: 2 })]));
  expect(find("header button").textContent).toBe("Resume");

  const scheduled = status({ phase: "complete", arrived: 2, next_in: 100 });
  await act(() => fake.set("statuses", [scheduled]));
  expect(find(".dw-course").textContent).toContain("next refresh in 1 min 40 s");
});

test("an earlier round is marked as one until the next has come", async () => {
  const fake = await show({ skeleton: SKELETON });
  await act(() => fake.message("tiles", 1, streaming, [textTile(1, "old"), textTile(2, "old")]));
  const refreshing = status({ phase: "refreshing", round: 2, arrived: 1, expected: 2 });
  const fresh = textTile(1, "new", { round: 2, cached: true });
  await act(() => fake.message("tiles", 2, refreshing, [fresh]));
  const stale = (id: number) => find(`[data-dw-tile='${id}']`).dataset["dwStale"];
  expect([stale(1), stale(2)]).toEqual(["false", "true"]);
  expect(find("[data-dw-arrival=cached]").textContent).toContain("cached");
});

test("a board has its theme's colors, its own, and what somebody hid stays hidden", async () => {
  const result = ["Chrome", "Safari"].map((name) => [
    { name: "Visit", count: 2, breakdown_value: [name] },
  ]);
  const resultCustomizations = { '{"breakdown_value":"Safari"}': { hidden: true } };
  const query = { source: { kind: "FunnelsQuery", funnelsFilter: { resultCustomizations } } };
  const tile = { id: 2, insight: { name: "Browsers", query, result } };
  const fake = await show({ skeleton: SKELETON });
  const [board] = fake.model.get("boards");
  await act(() => {
    fake.set("boards", [
      {
        ...board!,
        breakdown_colors: [{ breakdownValue: "Chrome", breakdownType: "event", colorToken: "preset-5" }],
        theme_colors: { "preset-1": "#123456", "preset-2": "url(https://example.com/pixel)" },
      },
    ]);
    fake.message("tiles", 1, streaming, [{ ...textTile(2, ""), tile }]);
  });
  const style = find(".dw-board").getAttribute("style") ?? "";
  expect(style).toContain("#123456");
  expect(style).not.toContain("url");
  const chips = [...document.querySelectorAll(".dw-legend button")];
  expect(chips.map((chip) => [chip.textContent, chip.getAttribute("aria-pressed")])).toEqual([
    ["Chrome", "true"],
    ["Safari", "false"],
  ]);
  expect(chips[0]?.querySelector(".dw-dot")?.getAttribute("style")).toContain("--dw-series-5");
});

test("the arrivals fold themselves once the board is complete, unless the user chose", async () => {
  const fake = await show({ skeleton: SKELETON });
  const timeline = () => find(".dw-timeline") as HTMLDetailsElement;
  const toggle = () => act(() => find(".dw-timeline summary").click());
  await act(() => fake.message("tiles", 1, streaming, [textTile(1, "a"), textTile(2, "b")]));
  expect(timeline().open).toBe(true);

  const complete = status({ phase: "complete", arrived: 2, expected: 2 });
  await act(() => fake.set("statuses", [complete]));
  expect(timeline().open).toBe(false);

  // A later round does not push the board down.
  await act(() => fake.set("statuses", [status({ phase: "refreshing", round: 2 })]));
  expect(timeline().open).toBe(false);

  await toggle();
  expect(timeline().open).toBe(true);
  await act(() => fake.set("statuses", [{ ...complete, round: 2 }]));
  expect(timeline().open).toBe(true);
});
