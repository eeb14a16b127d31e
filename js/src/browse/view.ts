import type { AnyModel } from "@anywidget/types";
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { bindTraits, send } from "../bridge/traits";
import { rowsOf, search, type Row } from "./rows";
import { pick, pickShown, type Gesture, type Selection } from "./selection";
import { nextSort, sortRows, type Sortable } from "./sort";
import type { BrowseState, ListingState, SortKey } from "./state";

/** Typing sends one message when it pauses, not one a letter. */
const PAUSE = 80;

export interface View {
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly shown: ReadonlySignal<readonly Row[]>;
  readonly picked: ReadonlySignal<ReadonlySet<number>>;
  readonly listing: ReadonlySignal<ListingState>;
  readonly sort: ReadonlySignal<readonly SortKey[]>;
  readonly typed: ReadonlySignal<string>;
  /** The row the keyboard is at. */
  readonly active: Signal<number>;
  type(words: string): void;
  sortBy(column: Sortable, keep: boolean): void;
  pick(id: number, gesture: Gesture): void;
  pickShown(): void;
  clear(): void;
}

export function createView(model: AnyModel<BrowseState>, until: AbortSignal): View {
  const traits = bindTraits(
    model,
    ["columns", "listing", "selected_ids", "sort", "search"],
    until,
  );
  const rows = computed(() => rowsOf(traits.columns.value));
  const shown = computed(() =>
    sortRows(search(rows.value, traits.search.value), traits.sort.value),
  );
  const anchor = signal<number | null>(null);
  const active = signal(0);

  const select = (next: Selection) => {
    anchor.value = next.anchor;
    send(model, "selected_ids", [...next.ids]);
  };
  const selection = (): Selection => ({ ids: traits.selected_ids.value, anchor: anchor.value });
  const shownIds = () => shown.value.map((row) => row.id);

  const sendShown = settled(PAUSE, until, () => {
    const ids = shownIds();
    if (!isSame(ids, model.get("visible_ids"))) send(model, "visible_ids", ids);
  });
  const sendTyped = settled(PAUSE, until, () => send(model, "search", traits.search.value));
  const stop = effect(() => {
    active.value = Math.min(active.peek(), Math.max(0, shown.value.length - 1));
    sendShown();
  });
  until.addEventListener("abort", stop, { once: true });

  return {
    rows,
    shown,
    picked: computed(() => new Set(traits.selected_ids.value)),
    listing: traits.listing,
    sort: traits.sort,
    typed: traits.search,
    active,
    type(words) {
      traits.search.value = words; // shown at once; Python hears of it when the typing pauses
      active.value = 0;
      sendTyped();
    },
    sortBy(column, keep) {
      send(model, "sort", nextSort(traits.sort.value, column, keep));
    },
    pick(id, gesture) {
      active.value = Math.max(0, shownIds().indexOf(id));
      select(pick(selection(), id, gesture, shownIds()));
    },
    pickShown() {
      select(pickShown(selection(), shownIds()));
    },
    clear() {
      select({ ids: [], anchor: null });
    },
  };
}

/** A call that waits until none has come for a while. */
function settled(pause: number, until: AbortSignal, call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  until.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, pause);
  };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}
