// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { FakeModel } from "../shared/fake_model";
import type { EditFields, EditState } from "./state";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { default: widget } = await import("./index");

const HOSTILE = "<img src=x onerror=window.ran=1>[x](javascript:window.ran=1)";
const SAVED: EditFields = {
  name: "Growth",
  description: "",
  pinned: false,
  tags: ["core"],
  restriction_level: 21,
  data_color_theme_id: null,
  breakdown_colors: [],
  date_from: null,
  date_to: null,
  collaborators: [],
  sharing_enabled: false,
  password_required: false,
  sharing_settings: {},
};
const INES = { uuid: "u-ines", name: "Ines Falk", email: "ines@example.com", reason: "" };
const MARA = { uuid: "u-mara", name: "Mara Oduya", email: "m@example.com", reason: "owner, can always edit" };

beforeEach(() => document.body.replaceChildren());

async function show(state: Partial<EditState> = {}): Promise<FakeModel<EditState>> {
  const fake = new FakeModel<EditState>({
    board: { id: 7, name: "Growth", owner: "Mara Oduya", url: "" },
    saved: SAVED,
    changes: {},
    theirs: {},
    refused: {},
    denied: {},
    saving: [],
    choices: { tags: ["core", "weekly"], themes: [], people: [INES, MARA] },
    passwords: [],
    linked: false,
    dirty: false,
    message: "",
    unread: [],
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
const button = (name: string) => {
  const all = [...document.querySelectorAll("button")];
  const found = all.find((one) => (one.ariaLabel ?? one.textContent).trim().startsWith(name));
  if (!found) throw new Error(`no button ${name}`);
  return found;
};
const click = (name: string) => act(() => button(name).click());
const nameBox = () => find<HTMLInputElement>(".dw-field-name input");
const type = (words: string) =>
  act(() => {
    nameBox().value = words;
    nameBox().dispatchEvent(new Event("input", { bubbles: true }));
  });
const stateOf = (field: string) => find(`.dw-field-${field}`).dataset["dwState"];
const footer = () => find(".dw-foot").textContent;
const reply = (fake: FakeModel<EditState>, answer: object) => {
  const { id } = fake.sent.at(-1) as { id: string };
  return act(async () => {
    fake.tell("msg:custom", { kind: "reply", id, ...answer });
    await new Promise((done) => setTimeout(done));
  });
};

test("an edit is a change until it is taken back", async () => {
  const fake = await show();
  expect(stateOf("name")).toBe("saved");
  await type("Growth!");
  expect(fake.state.changes).toEqual({ name: "Growth!" });
  expect(stateOf("name")).toBe("edited");
  expect(footer()).toContain("1 unsaved change");
  await type("Growth");
  expect(fake.state.changes).toEqual({});
  await click("Undo");
  await click("Redo");
  expect(fake.state.changes).toEqual({});
});

test("the price counts the board, the link and every person", async () => {
  const fake = await show({ saved: { ...SAVED, restriction_level: 37, collaborators: ["u-x"] } });
  await act(() => fake.set("changes", { name: "x", tags: [], sharing_enabled: true }));
  expect(footer()).toContain("2 requests");
  await act(() => fake.set("changes", { ...fake.state.changes, collaborators: ["u-ines"] }));
  expect(footer()).toContain("4 requests");
});

test("saving asks Python once, and what was refused is said at its field", async () => {
  const fake = await show();
  await type("Growth!");
  await click("Save");
  expect(fake.sent).toEqual([{ op: "ask", id: expect.any(String), what: "save", with: {} }]);
  await act(() => {
    fake.set("saving", []);
    fake.set("refused", { name: "You don't have edit permissions for this dashboard." });
  });
  await reply(fake, { value: { saved: false } });
  expect(stateOf("name")).toBe("refused");
  expect(find(".dw-field-name").textContent).toContain("You don't have edit permissions");
  expect(nameBox().getAttribute("aria-invalid")).toBe("true");
});

test("that everything is saved is said once, where screen readers hear it", async () => {
  const fake = await show();
  await type("Growth!");
  expect(find(".dw-foot [role=status]").textContent).toBe("");
  await click("Save");
  await act(() => fake.set("changes", {}));
  await reply(fake, { value: { saved: true } });
  expect(footer()).toMatch(/^Everything is saved(?!.*saved)/i);
  expect(find(".dw-foot [role=status]").textContent).toBe("Everything is saved");
});

test("Ctrl+S saves and keeps the host from saving too", async () => {
  const fake = await show();
  await type("Growth!");
  const press = new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true, cancelable: true });
  const host = vi.fn();
  document.addEventListener("keydown", host);
  await act(() => void nameBox().dispatchEvent(press));
  document.removeEventListener("keydown", host);
  expect(press.defaultPrevented).toBe(true);
  expect(host).not.toHaveBeenCalled();
  expect(fake.sent).toHaveLength(1);
});

test("what may not be changed is disabled and says why", async () => {
  await show({ denied: { name: "You may view this dashboard, not edit it." } });
  expect(nameBox().disabled).toBe(true);
  expect(find(".dw-field-name").textContent).toContain("You may view this dashboard");
});

test("both values of a conflict are shown, and the user chooses", async () => {
  const fake = await show({ changes: { name: "Mine" }, theirs: { name: HOSTILE } });
  expect(find(".dw-theirs").textContent).toContain(HOSTILE);
  expect(find(".dw-theirs").textContent).toContain("Mine");
  expect(document.querySelector("img")).toBeNull();
  await click("Take theirs");
  expect(fake.sent.at(-1)).toMatchObject({ what: "take_theirs", with: { fields: ["name"] } });
});

test("a new password is shown until it was noted", async () => {
  const fake = await show({
    saved: { ...SAVED, sharing_enabled: true, password_required: true },
    linked: true,
  });
  await click("Add");
  await reply(fake, { value: "one-two-three" });
  expect(find(".dw-password").textContent).toBe("one-two-three");
  expect(JSON.stringify(fake.state)).not.toContain("one-two-three");
  await click("I have copied it");
  expect(document.querySelector(".dw-password")).toBeNull();
});

test("who can't be invited is shown with the reason", async () => {
  const fake = await show({ saved: { ...SAVED, restriction_level: 37 } });
  expect(find("[data-dw-person=u-mara]").textContent).toContain("owner, can always edit");
  const select = find<HTMLSelectElement>("select[aria-label='Invite a member']");
  await act(() => {
    select.value = "u-ines";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(fake.state.changes).toEqual({ collaborators: ["u-ines"] });
  expect(find("[data-dw-person=u-ines]").textContent).toContain("to be added");
});

test("a description is markdown without any HTML", async () => {
  await show({ saved: { ...SAVED, description: `**bold** ${HOSTILE} [safe](https://example.com)` } });
  await click("Preview");
  const preview = find(".dw-preview");
  expect(preview.querySelector("strong")?.textContent).toBe("bold");
  expect(preview.querySelector("img")).toBeNull();
  expect([...preview.querySelectorAll("a")].map((one) => one.getAttribute("href"))).toEqual([
    "https://example.com",
  ]);
});

test("what could not be read is unknown, and not said to be private", async () => {
  const why = "API key missing required scope 'sharing_configuration:read'";
  const link = ["sharing_enabled", "password_required", "sharing_settings"];
  await show({ unread: link, denied: Object.fromEntries(link.map((name) => [name, why])) });
  expect(stateOf("sharing_enabled")).toBe("unknown");
  const section = find("section[aria-label='Public link']");
  expect(section.textContent).toContain("unknown");
  expect(section.textContent).not.toContain("not shared");
  expect(section.textContent.split(why)).toHaveLength(2);
  expect(section.querySelectorAll("button, input")).toHaveLength(0);
});
