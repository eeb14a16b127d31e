import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeModel } from "../bridge/fake_model";
import { columnsOf } from "./sample";
import type { BrowseState } from "./state";

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

async function show(state: Partial<BrowseState> = {}): Promise<FakeModel<BrowseState>> {
  const fake = new FakeModel<BrowseState>({
    columns: COLUMNS,
    listing: LISTING,
    selected_ids: [],
    visible_ids: [],
    sort: [],
    search: "",
    ...state,
  });
  const { signal } = new AbortController();
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
  expect(find("tr[data-dw-id='2']").textContent).toContain("nobody");
  expect(find(".dw-foot").textContent).toContain("3 of 3 read, complete");
});

test("what is incomplete says so", async () => {
  await show({ listing: { ...LISTING, expected: 9, complete: false } });
  expect(find(".dw-foot").textContent).toContain("3 of 9 read, INCOMPLETE");
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
  expect(document.body.textContent).toContain("Nothing matches “zzz”");
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
  await act(() => find(".dw-picked button").click());
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
  await press(find("tr[data-dw-id='2']"), "Enter");
  expect(opened).toHaveBeenCalledWith(
    "https://posthog.example/1",
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

test("an address that is no web page is not opened", async () => {
  await show({ columns: columnsOf({ name: "Bad", url: "javascript:alert(1)" }) });
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  opened.mockClear();
  find("tr[data-dw-id='1']").focus();
  await press(find("tr[data-dw-id='1']"), "Enter");
  expect(opened).not.toHaveBeenCalled();
});
