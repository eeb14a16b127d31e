// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeModel } from "../shared/fake_model";
import { columnsOf } from "./sample";
import type { BrowseState } from "./state";

const watching = new Set<object>();
class NoObserver {
  observe() {
    watching.add(this);
  }
  unobserve() {
    watching.delete(this);
  }
  disconnect() {
    watching.delete(this);
  }
}
vi.stubGlobal("ResizeObserver", NoObserver);
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { default: widget } = await import("./index");

const LISTING = {
  count: 3,
  expected: 3,
  complete: true,
  requests: 1,
  seconds: 0.3,
  taken_at: "2026-11-24T12:00:00Z",
};
const COLUMNS = columnsOf(
  { name: "Alpha", description: "<img src=x onerror=alert(1)>", tags: ["growth"] },
  { name: "Beta", public: true },
  { name: "Gamma", pinned: true, owner: "Mara Oduya" },
);

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});
afterEach(() => vi.useRealTimers());

async function show(
  state: Partial<BrowseState> = {},
  { signal }: AbortController = new AbortController(),
): Promise<FakeModel<BrowseState>> {
  const fake = new FakeModel<BrowseState>({
    columns: COLUMNS,
    listing: LISTING,
    selected_ids: [],
    visible_ids: [],
    sort: [],
    search: "",
    address: "https://posthog.example/project/1/dashboard",
    report: null,
    uses: null,
    shown: ["pinned", "name", "owner", "tags", "last_accessed_at"],
    facets: {},
    views: {},
    live: true,
    acts: true,
    opens: false,
    copies_to: [],
    beside: [],
    ...state,
  });
  const nothing = undefined as never;
  const tools = { model: fake.model, signal, host: nothing, experimental: nothing };
  await act(() => widget.render({ ...tools, el: document.body }));
  return fake;
}

function find<Kind extends HTMLElement>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}
const names = () =>
  [...document.querySelectorAll("tbody tr[data-dw-id] b")].map((cell) => cell.textContent);
const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  act(() => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
  });
const type = (words: string) =>
  act(() => {
    const box = find<HTMLInputElement>("input[type=search]");
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

test("every dashboard is a row, and text stays text", async () => {
  await show();
  expect(names()).toEqual(["Alpha", "Beta", "Gamma"]);
  expect(document.querySelector("tbody img")).toBeNull();
  expect(find("td.dw-col-name").textContent).toContain("<img");
  expect(find("tr[data-dw-id='2']").textContent).toContain("public");
  expect(find("tr[data-dw-id='2']").textContent).toContain("No owner");
  expect(find(".dw-foot").textContent).toContain("3 of 3 loaded, complete");
});

test("what is incomplete says so", async () => {
  await show({ listing: { ...LISTING, expected: 9, complete: false } });
  expect(find(".dw-foot").textContent).toContain("3 of 9 loaded, INCOMPLETE");
});

test("typing narrows the table at once and tells Python when it pauses", async () => {
  const fake = await show();
  await type("gam");
  expect(names()).toEqual(["Gamma"]);
  expect(fake.state.search).toBe("");
  await act(() => void vi.advanceTimersByTime(200));
  expect(fake.state.search).toBe("gam");
  expect(fake.state.visible_ids).toEqual([3]);

  await type("zzz");
  expect(document.body.textContent).toContain("No dashboard matches “zzz”");
  await act(() => find(".dw-empty button").click());
  expect(names()).toHaveLength(3);
});

test("a selection goes both ways", async () => {
  const fake = await show();
  await act(() => find("tr[data-dw-id='2'] input").click());
  expect(fake.state.selected_ids).toEqual([2]);
  expect(find("tr[data-dw-id='2']").getAttribute("aria-selected")).toBe("true");
  await act(() => fake.set("selected_ids", [1, 3]));
  expect(find("tr[data-dw-id='2']").getAttribute("aria-selected")).toBe("false");
  expect(find(".dw-picked").textContent).toContain("2 selected");
  await act(() => find(".dw-picked button:last-child").click());
  expect(fake.state.selected_ids).toEqual([]);
});

test("headers sort, and say how", async () => {
  const fake = await show();
  const heading = () => find("th.dw-col-name");
  await act(() => find("th.dw-col-name button").click());
  await act(() => find("th.dw-col-name button").click());
  expect(names()).toEqual(["Gamma", "Beta", "Alpha"]);
  expect(heading().getAttribute("aria-sort")).toBe("descending");
  await act(() => void vi.advanceTimersByTime(200));
  expect(fake.state.visible_ids).toEqual([3, 2, 1]);
});

test("the whole of it by keyboard", async () => {
  const fake = await show();
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const first = find("tr[data-dw-id='1']");
  first.focus();
  await press(first, " ");
  await press(first, "ArrowDown", { shiftKey: true });
  expect(fake.state.selected_ids).toEqual([1, 2]);
  expect(find("tr[data-dw-id='2']").tabIndex).toBe(0);
  await press(find("tr[data-dw-id='2']"), "Enter", { ctrlKey: true });
  expect(opened).toHaveBeenCalledWith(
    "https://posthog.example/project/1/dashboard/2",
    "_blank",
    "noopener,noreferrer",
  );
  await press(find("tr[data-dw-id='2']"), "a", { ctrlKey: true });
  expect(fake.state.selected_ids).toEqual([1, 2, 3]);
  await press(find("tr[data-dw-id='2']"), "/");
  expect(document.activeElement).toBe(find("input[type=search]"));
  await type("beta");
  await press(find("input[type=search]"), "Escape");
  expect(names()).toHaveLength(3);
  await press(find("input[type=search]"), "Escape");
  expect(fake.state.selected_ids).toEqual([]);
});

test("an address that is no web page is neither opened nor linked", async () => {
  await show({ address: "javascript:alert(1)//" });
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  opened.mockClear();
  find("tr[data-dw-id='1']").focus();
  await press(find("tr[data-dw-id='1']"), "Enter", { ctrlKey: true });
  await press(find("tr[data-dw-id='1']"), "Enter");
  expect(opened).not.toHaveBeenCalled();
  expect(find(".dw-detail").textContent).toContain("onerror");
  expect(document.querySelector(".dw-detail a")).toBeNull();
});

test("a row opens in place and asks Python for its tiles, once", async () => {
  const fake = await show();
  find("tr[data-dw-id='2']").focus();
  await press(find("tr[data-dw-id='2']"), "ArrowRight");
  expect(find("[data-dw-detail='2']").textContent).toContain("Loading tiles");
  expect(fake.sent).toHaveLength(1);
  const asked = fake.sent[0] as { id: string; what: string; with: object };
  expect(asked).toMatchObject({ op: "ask", what: "tiles", with: { dashboard: 2 } });
  const tile = { id: 5, name: "Weekly", kind: "insight", query_kind: "TrendsQuery", display: null };
  const value = { tiles: [tile], uses: ["event: signed_up"], complete: true, taken_at: "" };
  await act(async () => fake.tell("msg:custom", { kind: "reply", id: asked.id, value }));
  expect(find("[data-dw-detail='2']").textContent).toContain("1 insight tile");
  expect(find("[data-dw-detail='2'] .dw-small").textContent).toBe("Weeklytrends");
  const link = find<HTMLAnchorElement>("[data-dw-detail='2'] a");
  expect(link.rel).toBe("noopener noreferrer");
  await press(find("tr[data-dw-id='2']"), "ArrowLeft");
  await press(find("tr[data-dw-id='2']"), "Enter");
  expect(fake.sent).toHaveLength(1);
});

test("tiles that could not be read say why, and can be asked for again", async () => {
  const fake = await show();
  await act(() => find("tr[data-dw-id='1'] .dw-expand").click());
  const { id } = fake.sent[0] as { id: string };
  const error = "The key lacks insight:read.";
  await act(async () => fake.tell("msg:custom", { kind: "reply", id, error }));
  expect(find("[role=alert]").textContent).toContain(error);
  await act(() => find("[role=alert] button").click());
  expect(fake.sent).toHaveLength(2);
});

test("a facet narrows the table, shows its counts, and is taken away by its chip", async () => {
  const fake = await show();
  await act(() => find("[data-dw-panel=owner]").click());
  const chips = [...document.querySelectorAll<HTMLElement>("[data-dw-facet=owner] .dw-chip")];
  expect(chips.map((chip) => chip.textContent)).toEqual(["No owner 2", "Mara Oduya 1"]);
  await act(() => chips[1]!.click());
  expect(names()).toEqual(["Gamma"]);
  expect(fake.state.facets).toEqual({ owner: ["Mara Oduya"] });
  await act(() => find(".dw-wanted button").click());
  expect(names()).toHaveLength(3);
  await press(find("[data-dw-panel=owner]"), "Escape");
  expect(document.querySelector("[data-dw-facet]")).toBeNull();
});

const USES = {
  names: ["cohort: 4", "event: signed_up"],
  dashboards: [[3], [1, 3]],
  unread: 2,
  taken_at: "",
};

test("what tiles depend on is a facet, read when it is first wanted", async () => {
  const fake = await show();
  await act(() => find("[data-dw-panel=uses]").click());
  expect(find(".dw-facets").textContent).toContain("Loading the list of insights");
  expect(fake.sent).toMatchObject([{ op: "ask", what: "uses" }]);
  fake.set("uses", USES);
  const { id } = fake.sent[0] as { id: string };
  await act(async () => fake.tell("msg:custom", { kind: "reply", id, value: {} }));
  expect(find(".dw-facets").textContent).toContain("2 parts of queries could not be read");
  const chips = [...document.querySelectorAll<HTMLElement>("[data-dw-facet=uses] .dw-chip")];
  expect(chips.map((chip) => chip.textContent)).toEqual(["event: signed_up 2", "cohort: 4 1"]);
  await act(async () => chips[0]!.click());
  expect(names()).toEqual(["Alpha", "Gamma"]);
  expect(fake.sent).toHaveLength(1);
});

test("a name in an open row narrows the table, or says why it can't", async () => {
  const fake = await show();
  await act(() => find("tr[data-dw-id='1'] .dw-expand").click());
  const reply = (nth: number, answer: object) => {
    const { id } = fake.sent[nth] as { id: string };
    return act(async () => {
      fake.tell("msg:custom", { kind: "reply", id, ...answer });
      await vi.advanceTimersByTimeAsync(0);
    });
  };
  const uses = ["event: signed_up"];
  await reply(0, { value: { tiles: [], uses, complete: true, taken_at: "" } });
  const chip = find("[data-dw-detail='1'] .dw-choices .dw-chip");
  await act(() => chip.click());
  expect(fake.state.facets).toEqual({}); // not before it is known who else uses it
  await reply(1, { error: "The key lacks insight:read." });
  expect(find("[data-dw-detail='1'] [role=alert]").textContent).toContain("insight:read");
  expect(names()).toHaveLength(3);
  await act(() => chip.click());
  fake.set("uses", USES);
  await reply(2, { value: {} });
  expect(fake.state.facets).toEqual({ uses });
  expect(names()).toEqual(["Alpha", "Gamma"]);
});

test("a page without Python has no facet of what was not read", async () => {
  await show({ live: false });
  expect(document.querySelector("[data-dw-panel=uses]")).toBeNull();
});

test("columns are chosen and moved by keyboard, several sort", async () => {
  const fake = await show();
  await act(() => find("[data-dw-panel=columns]").click());
  const label = [...document.querySelectorAll("label")].find((one) => one.textContent === "Public");
  await act(() => label!.querySelector("input")!.click());
  expect(fake.state.shown.at(-1)).toBe("public");
  expect(find("tr[data-dw-id='2'] td.dw-col-public").textContent).toBe("yes");
  const heading = () => find("th.dw-col-public button");
  await press(heading(), "ArrowLeft", { altKey: true });
  expect(fake.state.shown.indexOf("public")).toBe(4);
  await press(heading(), "Enter");
  await press(find("th.dw-col-name button"), "Enter", { shiftKey: true });
  await press(find("th.dw-col-name button"), "Enter", { shiftKey: true });
  expect(names()).toEqual(["Beta", "Gamma", "Alpha"]);
  expect(find("th.dw-col-name sup").textContent).toBe("2");
  expect(find("[role=status]").textContent).toContain("Sorted by public ascending, then name");
});

test("a view is kept under a name and comes back", async () => {
  const fake = await show({ search: "a", sort: [{ column: "name", descending: true }] });
  await act(() => find("[data-dw-panel=views]").click());
  const box = find<HTMLInputElement>(".dw-views input");
  await act(() => {
    box.value = "mine";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await press(box, "Enter");
  expect(fake.state.views["mine"]).toMatchObject({ search: "a", facets: {} });
  await type("gam");
  await act(() => find("th.dw-col-name button").click());
  await act(() => find(".dw-views li button").click());
  expect(names()).toEqual(["Gamma", "Beta", "Alpha"]);
  expect(find(".dw-views li button").getAttribute("aria-pressed")).toBe("true");
  await act(() => find(".dw-views li .dw-link").click());
  expect(fake.state.views).toEqual({});
});

test("findings are a column with severities in words, and what was not evaluated says so", async () => {
  const found = { rule: "never-opened", tile: null, evidence: "made long ago", suggestion: "ask" };
  await show({
    shown: ["name", "findings"],
    report: {
      taken_at: "2026-11-24T12:00:00Z",
      rules: ["never-opened"],
      unevaluated: [3],
      findings: [
        { ...found, dashboard_id: 1, severity: "high" },
        { ...found, dashboard_id: 1, severity: "high" },
      ],
    },
  });
  expect(find("tr[data-dw-id='1'] .dw-col-findings").textContent).toBe("▲ high: never opened 2");
  expect(find("tr[data-dw-id='2'] .dw-col-findings").textContent).toBe("");
  expect(find("tr[data-dw-id='3'] .dw-col-findings").textContent).toBe("not evaluated");
  await act(() => find("tr[data-dw-id='1'] .dw-expand").click());
  expect(find(".dw-found").textContent).toContain("made long ago");
});

test("a page without Python asks nobody", async () => {
  const fake = await show({ live: false });
  await act(() => find("tr[data-dw-id='1'] .dw-expand").click());
  expect(fake.sent).toEqual([]);
  expect(find(".dw-detail").textContent).toContain("while Python is running");
});

test("an action is a plan first, sent when it is confirmed, and can be undone", async () => {
  const fake = await show({ selected_ids: [1, 2] });
  const asked = () => fake.sent.at(-1) as { id: string; what: string; with: object };
  const button = (title: string) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent!.startsWith(title))!;
  const reply = (more: object) =>
    act(async () => fake.tell("msg:custom", { kind: "reply", id: asked().id, ...more }));
  const change = { dashboard_name: "<b>Alpha</b>", field: "tags", old: ["growth"], reason: null };
  const plan = (phase: string, state: string) => ({
    phase,
    token: 1,
    count: 2,
    requests: 3,
    price: "4 requests",
    states: { [state]: 1, refused: 1 },
    changes: [
      { ...change, dashboard: 1, new: ["growth", "x"], state },
      { ...change, dashboard: 2, new: ["x"], state: "refused", reason: "You may only view it." },
    ],
  });

  await act(() => button("Tag…").click());
  const box = find<HTMLInputElement>(".dw-plan input");
  await act(() => {
    box.value = "x, y ,";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(fake.sent).toEqual([]);
  await press(box, "Enter");
  const values = { verb: "tag", ids: [1, 2], tags: ["x", "y"] };
  expect(asked()).toMatchObject({ what: "draft", with: values });
  await reply({ value: plan("draft", "ready") });
  expect(find(".dw-plan").textContent).toContain("not sent yet");
  expect(find(".dw-plan").textContent).toContain("4 requests");
  expect(find(".dw-plan").textContent).toContain("<b>Alpha</b>");
  expect(find(".dw-plan").textContent).toContain("You may only view it.");
  expect(fake.sent).toHaveLength(1);

  await act(() => button("Send 1 change").click());
  expect(asked()).toMatchObject({ what: "apply", with: { token: 1 } });
  expect(document.querySelector(".dw-go")).toBeNull();
  await reply({ value: plan("applied", "done") });
  expect(find(".dw-plan").textContent).toContain("Sent: 1 of 2 changes done");
  await act(() => button("Undo 1 change").click());
  expect(asked()).toMatchObject({ what: "revert", with: { token: 1 } });
  await reply({ error: "The server is away." });
  expect(find(".dw-plan [role=alert]").textContent).toContain("The server is away.");
  await press(find(".dw-plan button"), "Escape");
  expect(document.querySelector(".dw-plan")).toBeNull();
  expect(fake.state.selected_ids).toEqual([1, 2]);
});

test("a view that is closed leaves no listener, observer or timer behind", async () => {
  watching.clear();
  const closing = new AbortController();
  const fake = await show({}, closing);
  await act(() => find("tr[data-dw-id='1'] .dw-expand").click());
  await type("al");
  expect(fake.listeners).toBeGreaterThan(5);
  expect(watching.size).toBeGreaterThan(0);
  await act(() => closing.abort());
  expect(document.querySelector(".dw-browse")).toBeNull();
  expect(fake.listeners).toBe(0);
  expect(watching.size).toBe(0);
  await act(() => void vi.advanceTimersByTime(1_000));
  expect(vi.getTimerCount()).toBe(0);
  expect(fake.state.search).toBe("");
});

test("Enter and a row's buttons tell Python which dashboard is opened, where it listens", async () => {
  const fake = await show({ opens: true });
  await act(() => find("tr[data-dw-id='2']").focus());
  await press(find("tr[data-dw-id='2']"), "Enter");
  expect(fake.sent.at(-1)).toEqual({ op: "open", dashboard: 2, what: "open" });
  await press(find("tr[data-dw-id='2']"), "ArrowRight");
  await act(() => find(".dw-openers button:nth-child(3)").click());
  expect(fake.sent.at(-1)).toEqual({ op: "open", dashboard: 2, what: "arrange" });
});

test("an opened row draws its tiles small, on request", async () => {
  const fake = await show();
  await act(() => find("tr[data-dw-id='2'] .dw-expand").click());
  const last = () => fake.sent.at(-1) as { id: string; what: string; with: object };
  const reply = (more: object) =>
    act(async () => fake.tell("msg:custom", { kind: "reply", id: last().id, ...more }));
  await reply({ value: { tiles: [], uses: [], complete: true, taken_at: "" } });
  expect(last().what).toBe("tiles");
  await act(() => find(".dw-tiles button").click());
  expect(last()).toMatchObject({ what: "small", with: { dashboard: 2 } });
  await reply({ error: "The key lacks dashboard:read." });
  expect(find(".dw-tiles [role=alert]").textContent).toContain("lacks");
  await act(() => find(".dw-tiles button").click());
  const blank = { text: "", lines: [], bars: [] };
  const tiles = [
    { ...blank, id: 1, name: "Signups", value: "1,234", what: "mean per interval", lines: [[0, 5, null, 10, 0]] },
    { ...blank, id: 2, name: "Funnel", value: "12.0%", what: "conversion", bars: [4, 2] },
    { ...blank, id: 3, name: null, text: "# <b>Read me</b>", value: "", what: "" },
  ];
  await reply({ value: { tiles } });
  const drawn = [...document.querySelectorAll(".dw-tiles li")].map((one) => one.textContent);
  expect(drawn).toEqual(["Signups1,234mean per interval", "Funnel12.0%conversion", "# <b>Read me</b>"]);
  expect(find(".dw-tiles path").getAttribute("d")).toBe("M0.0,31.0L25.0,16.0M75.0,1.0L100.0,31.0");
  expect(document.querySelectorAll(".dw-tiles rect")).toHaveLength(2);
});

test("an opened row copies its dashboard to a project that has a name", async () => {
  const fake = await show({ copies_to: ["Staging"] });
  await act(() => find("tr[data-dw-id='2'] .dw-expand").click());
  const button = find<HTMLButtonElement>(".dw-openers button");
  await act(() => button.click());
  expect(button.disabled).toBe(true);
  expect(fake.sent.at(-1)).toMatchObject({ what: "copy", with: { dashboard: 2, to: "Staging" } });
  const { id } = fake.sent.at(-1) as { id: string };
  const value = { id: 9, url: "https://posthog.example/project/2/dashboard/9", notes: ["No cohort."] };
  await act(async () => fake.tell("msg:custom", { kind: "reply", id, value }));
  expect(find(".dw-inside [role=status]").textContent).toContain("Copied to Staging as dashboard 9.");
  expect(find(".dw-inside [role=status]").textContent).toContain("No cohort.");
  expect(find<HTMLAnchorElement>(".dw-inside [role=status] a").href).toBe(value.url);
});

test("the column that a verb changes stays in sight when its plan is closed", async () => {
  const { createActions } = await import("./plan/actions");
  const actions = createActions(() => Promise.resolve({}));
  actions.begin("tag", [1]);
  actions.draft("tag", [1], ["reviewed"]);
  actions.end();
  expect(actions.column.value).toBe("tags");
  actions.begin("delete", [1]);
  expect(actions.column.value).toBeUndefined();
});
