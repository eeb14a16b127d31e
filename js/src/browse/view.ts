import type { AnyModel } from "@anywidget/types";
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { watchConnection, type Connection } from "../shared/connection";
import { unpacked } from "../shared/packed";
import { createRequests } from "../shared/requests";
import { bindTraits, send, type Traits } from "../shared/traits";
import { createActions, type Actions } from "./plan/actions";
import { columnsNamed, fitting, type Column } from "./table/columns";
import { narrow, toggled } from "./tools/facets";
import { rowsOf, search, type Row, type SentColumns } from "./table/rows";
import { pick, pickShown, type Gesture, type Selection } from "./table/selection";
import { nextSort, sortRows } from "./table/sort";
import type { BrowseState, SavedView } from "./state";
import { createUses, type Uses } from "./tools/uses";
import { createCopies, type Copies } from "./detail/copies";
import { createTiles, type Tiles } from "./detail/tiles";

/** Typing sends one message when it pauses, not one a letter. */
const PAUSE = 80;
/** Changing thousands of dashboards inside a key's limits takes long. */
const PATIENCE = 7_200_000;
const TRAITS = [
  "listing",
  "address",
  "report",
  "uses",
  "selected_ids",
  "shown",
  "sort",
  "search",
  "facets",
  "views",
  "live",
  "acts",
  "opens",
  "copies_to",
] as const;

/** What the view knows beside Python's state; none of it is kept. */
export interface View {
  readonly traits: Pick<Traits<BrowseState>, (typeof TRAITS)[number]>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  /** Rows that hold the words searched for, facets or not. */
  readonly found: ReadonlySignal<readonly Row[]>;
  readonly shown: ReadonlySignal<readonly Row[]>;
  readonly picked: ReadonlySignal<ReadonlySet<number>>;
  /** Columns that have room. */
  readonly drawn: ReadonlySignal<readonly Column[]>;
  readonly opened: ReadonlySignal<ReadonlySet<number>>;
  /** The row the keyboard is at. */
  readonly active: Signal<number>;
  /** Which panel under the toolbar is open. */
  readonly panel: Signal<string | null>;
  readonly width: Signal<number>;
  readonly said: Signal<string>;
  readonly connection: ReadonlySignal<Connection>;
  readonly now: number;
  readonly tiles: Tiles;
  readonly uses: Uses;
  readonly actions: Actions;
  type(words: string): void;
  sortBy(column: string, keep: boolean): void;
  show(columns: readonly string[]): void;
  want(facet: string, value: string): void;
  wantOnly(facets: Record<string, string[]>): void;
  toggle(id: number): void;
  /** Tell Python that a dashboard is opened, for this. */
  open(id: number, what: string): void;
  /** How copying a dashboard elsewhere goes. */
  readonly copies: Copies;
  apply(view: SavedView): void;
  current(): SavedView;
  keep(views: Record<string, SavedView>): void;
  pick(id: number, gesture: Gesture): void;
  pickShown(): void;
  clear(): void;
}

export function createView(
  model: AnyModel<BrowseState>,
  el: HTMLElement,
  until: AbortSignal,
  first: SentColumns,
): View {
  const traits = bindTraits(model, TRAITS, until);
  const columns = signal(first);
  const unpack = async () => (columns.value = await unpacked(model, "columns"));
  model.on("change:columns", unpack);
  until.addEventListener("abort", () => model.off("change:columns", unpack), { once: true });
  const now = Date.now();
  const rows = computed(() =>
    rowsOf(columns.value, traits.address.value, traits.report.value, traits.uses.value),
  );
  // Sorted before it is searched: a letter typed only leaves rows out.
  const sorted = computed(() => sortRows(rows.value, traits.sort.value));
  const found = computed(() => search(sorted.value, traits.search.value));
  const shown = computed(() => narrow(found.value, traits.facets.value, now));
  const anchor = signal<number | null>(null);
  const active = signal(0);
  const opened = signal<ReadonlySet<number>>(new Set());
  // As wide as its place: drawn with every column first, the table would be drawn twice.
  const width = signal(el.clientWidth || Infinity);
  const chosen = signal(false);

  const ask = createRequests(model, until);
  const uses = createUses(ask, traits.uses);
  // A facet is sent once its names are known: until then it would leave no row.
  const sendFacets = async (facets: Record<string, string[]>) => {
    if (!facets["uses"]?.length || !traits.live.value || (await uses.read()))
      send(model, "facets", facets);
  };

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

  const actions = createActions(createRequests(model, until, PATIENCE));

  return {
    traits,
    rows,
    found,
    shown,
    picked: computed(() => new Set(traits.selected_ids.value)),
    drawn: computed(() => {
      const columns = columnsNamed(traits.shown.value);
      return chosen.value ? columns : fitting(columns, width.value, actions.column.value);
    }),
    opened,
    active,
    panel: signal(null),
    width,
    said: signal(""),
    connection: watchConnection(model, el, until),
    now,
    tiles: createTiles(ask),
    uses,
    actions,
    copies: createCopies(createRequests(model, until, PATIENCE)),
    type(words) {
      traits.search.value = words; // shown at once; Python hears of it when the typing pauses
      active.value = 0;
      sendTyped();
    },
    sortBy(column, keep) {
      send(model, "sort", nextSort(traits.sort.value, column, keep));
    },
    show(columns) {
      chosen.value = true;
      send(model, "shown", [...columns]);
    },
    want(facet, value) {
      active.value = 0;
      void sendFacets(toggled(traits.facets.value, facet, value));
    },
    wantOnly(facets) {
      void sendFacets(facets);
    },
    open(id, what) {
      model.send({ op: "open", dashboard: id, what });
    },
    toggle(id) {
      const next = new Set(opened.value);
      if (!next.delete(id)) next.add(id);
      opened.value = next;
    },
    apply(view) {
      chosen.value = true;
      send(model, "shown", view.columns);
      send(model, "sort", view.sort);
      send(model, "search", view.search);
      void sendFacets(view.facets);
    },
    current: () => ({
      columns: traits.shown.value,
      sort: traits.sort.value,
      search: traits.search.value,
      facets: traits.facets.value,
    }),
    keep(views) {
      send(model, "views", views);
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
