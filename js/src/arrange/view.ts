import type { AnyModel } from "@anywidget/types";
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { watchConnection, type Connection } from "../shared/connection";
import { createRequests } from "../shared/requests";
import { createPerform, type Perform } from "../shared/perform";
import { bindTraits, send, type Traits } from "../shared/traits";
import { gridOf } from "./board/geometry";
import { compacted, isSame, isSameBox, type Boxes } from "./board/moves";
import type { ArrangeState, ArrangeTile, DraftTile } from "./state";
import { DONE, NEW_TEXT, UNTITLED } from "./texts";

const TRAITS = [
  "board", "tiles", "saved", "draft", "pending_rows", "theirs", "refused", "differs", "notes",
  "progress", "saves", "selected_ids",
] as const satisfies readonly (keyof ArrangeState)[];

export type Mode = "desktop" | "mobile" | "list";
type Grid = ReturnType<typeof gridOf>;

/** What is held by pointer or keys: where it was, and where all tiles were. */
export interface Hold {
  ids: readonly number[];
  by: "pointer" | "keys";
  start: Boxes;
}

export interface Target {
  id: number;
  name: string;
  reason: string;
}

/** What one view adds to the draft it shows: nothing of it is synced. */
export interface View extends Traits<ArrangeState> {
  readonly mode: Signal<Mode>;
  readonly side: Signal<"tile" | "targets" | null>;
  readonly selected: Signal<ReadonlySet<number>>;
  readonly hold: Signal<Hold | null>;
  /** Where the tiles are now: in the draft, or on their way. */
  readonly boxes: ReadonlySignal<Boxes>;
  readonly grid: ReadonlySignal<Grid>;
  readonly width: Signal<number>;
  readonly targets: Signal<readonly Target[] | null>;
  /** What has just happened, or gone wrong, in a sentence. */
  readonly note: Signal<string>;
  readonly connection: ReadonlySignal<Connection>;
  fact(id: number): ArrangeTile | undefined;
  tile(id: number): DraftTile | undefined;
  title(id: number): string;
  least(id: number): [number, number];
  /** Tiles an action is about: the selected ones, with this one in any case. */
  chosen(id: number): number[];
  show(boxes: Boxes): void;
  /** Let go: keep what is shown as one step, or forget it. */
  drop(keep: boolean): void;
  change(ids: Iterable<number>, fields: Partial<DraftTile>): void;
  remove(ids: Iterable<number>): void;
  readonly perform: Perform;
  addText(): Promise<void>;
  save(): Promise<void>;
  openTargets(): Promise<void>;
}

export function createView(
  model: AnyModel<ArrangeState>,
  el: HTMLElement,
  until: AbortSignal,
): View {
  const traits = bindTraits(model, TRAITS, until);
  const ask = createRequests(model, until);
  const note = signal("");
  const live = signal<Boxes | null>(null);
  const hold = signal<Hold | null>(null);
  const selected = signal<ReadonlySet<number>>(new Set());
  const isSelected = (ids: readonly number[]) =>
    ids.length === selected.peek().size && ids.every((id) => selected.peek().has(id));
  const stops = [
    effect(() => {
      const ids = traits.selected_ids.value;
      if (!isSelected(ids)) selected.value = new Set(ids);
    }),
    effect(() => {
      const ids = [...selected.value];
      if (!isSelected(traits.selected_ids.peek())) send(model, "selected_ids", ids);
    }),
  ];
  until.addEventListener("abort", () => stops.forEach((stop) => stop()), { once: true });
  const targets = signal<readonly Target[] | null>(null);
  const side = signal<"tile" | "targets" | null>(null);
  const width = signal(0);
  const facts = computed(() => new Map(traits.tiles.value.map((tile) => [tile.id, tile])));
  const drafted = computed(() => new Map(traits.draft.value.map((tile) => [tile.id, tile])));
  const stay = (draft: readonly DraftTile[]) => draft.filter(({ to }) => to === null);

  let last: Boxes = new Map();
  const settled = computed(() => {
    const next = stay(traits.draft.value).map(({ id, box }): [number, DraftTile["box"]] => {
      const old = last.get(id);
      return [id, old && isSameBox(old, box) ? old : box];
    });
    return (last = new Map(next));
  });

  const fact = (id: number) => facts.value.get(id);
  const tile = (id: number) => drafted.value.get(id);
  const put = (draft: DraftTile[]) => send(model, "draft", draft);
  const withBoxes = (draft: readonly DraftTile[], boxes: Boxes) =>
    draft.map((one) => ({ ...one, box: boxes.get(one.id) ?? one.box }));
  const closed = (draft: readonly DraftTile[]) =>
    withBoxes(draft, compacted(new Map(stay(draft).map(({ id, box }) => [id, box]))));

  const perform = createPerform(ask, note, until);

  return {
    ...traits,
    mode: signal<Mode>("desktop"),
    side,
    selected,
    hold,
    boxes: computed(() => live.value ?? settled.value),
    width,
    grid: computed(() => gridOf(width.value)),
    targets,
    note,
    connection: watchConnection(model, el, until),
    fact,
    tile,
    perform,
    title(id) {
      const { name = "", body } = tile(id) ?? {};
      const line = body?.trim().split("\n")[0]?.replace(/^[#\s]+/, "");
      return name || line || (fact(id)?.kind === "text" ? UNTITLED.text : UNTITLED.tile);
    },
    least: (id) => [fact(id)?.min_w ?? 1, fact(id)?.min_h ?? 1],
    chosen(id) {
      const { value } = selected;
      return value.has(id) ? [...value].filter((one) => settled.peek().has(one)) : [id];
    },
    show(boxes) {
      if (!isSame(boxes, live.peek() ?? settled.peek())) live.value = boxes;
    },
    drop(keep) {
      const boxes = live.peek();
      const held = hold.peek();
      if (keep && boxes && held && !isSame(boxes, held.start)) {
        put(withBoxes(traits.draft.peek(), boxes));
      }
      live.value = null;
      hold.value = null;
    },
    change(ids, fields) {
      const some = new Set(ids);
      const next = traits.draft.peek().map((one) => (some.has(one.id) ? { ...one, ...fields } : one));
      put("to" in fields ? closed(next) : next);
      if ("to" in fields) selected.value = new Set();
    },
    remove(ids) {
      const some = new Set(ids);
      put(closed(traits.draft.peek().filter(({ id }) => !some.has(id))));
      selected.value = new Set();
      note.value = DONE.remove;
    },
    async addText() {
      const id = await perform("add_text", { body: NEW_TEXT }, DONE.addText);
      if (typeof id !== "number") return;
      selected.value = new Set([id]);
      side.value = "tile";
    },
    async save() {
      const { saving, requests } = traits.progress.peek();
      if (saving || requests === 0) return;
      await perform("save");
    },
    async openTargets() {
      side.value = side.peek() === "targets" ? null : "targets";
      if (side.value === null || targets.peek() !== null) return;
      const found = await perform("targets");
      if (Array.isArray(found)) targets.value = found as Target[];
    },
  };
}
