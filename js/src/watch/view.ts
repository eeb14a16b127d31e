import type { Connection } from "../shared/connection";
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Outside } from "../charts/settings/insight_parts";
import { copyTile } from "./tile/copy";
import type { Live } from "./live";
import { placement, type PlacedEntry } from "./board/placement";
import type { Entry } from "./tile/tiles";

/** What one view adds to the board it shows: nothing of it is synced. */
export interface View {
  readonly live: Live;
  readonly connection: ReadonlySignal<Connection>;
  /** The board's own colors, as JSON: they stay the same while the rest of a board changes. */
  readonly colors: ReadonlySignal<string>;
  /** What charts show that is not in their insights. */
  readonly outside: ReadonlySignal<Outside>;
  /** Tiles are in the order of their names, instead of that of the board. */
  readonly byName: Signal<boolean>;
  readonly placed: ReadonlySignal<readonly PlacedEntry[]>;
  /** The tile that is open large. */
  readonly large: Signal<Entry | null>;
  /** What a key has just done. */
  readonly note: ReadonlySignal<string>;
  copy(entry: Entry): Promise<void>;
}

export function createView(
  live: Live,
  connection: ReadonlySignal<Connection>,
  window: Window,
): View {
  const note = signal("");
  const byName = signal(false);
  const large = signal<Entry | null>(null);
  // As JSON, so that they stay the same while the rest of a board changes.
  const around = computed(() => {
    const { id, annotations = [], currency = "" } = live.board.value;
    return JSON.stringify({ annotations, currency, board: id });
  });
  const outside = computed((): Outside => ({ ...JSON.parse(around.value), now: Date.now() }));
  return {
    live,
    connection,
    colors: computed(() => JSON.stringify(live.board.value.breakdown_colors ?? [])),
    outside,
    byName,
    placed: placement(live.tiles, byName),
    large,
    note,
    async copy(entry) {
      note.value = await copyTile(entry, window.navigator.clipboard, outside.peek());
    },
  };
}
