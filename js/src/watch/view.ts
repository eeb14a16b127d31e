import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { copyTile } from "./copy";
import type { Live } from "./live";
import { placement, type PlacedEntry } from "./placement";
import type { Entry } from "./tiles";

/** What one view adds to the board it shows: nothing of it is synced. */
export interface View {
  readonly live: Live;
  readonly gone: ReadonlySignal<boolean>;
  /** The board's own colours, as JSON: they stay the same while the rest of a board changes. */
  readonly colors: ReadonlySignal<string>;
  readonly placed: ReadonlySignal<readonly PlacedEntry[]>;
  /** The tile that is open large. */
  readonly large: Signal<Entry | null>;
  /** What a key has just done. */
  readonly note: ReadonlySignal<string>;
  copy(entry: Entry): Promise<void>;
}

export function createView(
  live: Live,
  gone: ReadonlySignal<boolean>,
  window: Window,
): View {
  const note = signal("");
  const large = signal<Entry | null>(null);
  return {
    live,
    gone,
    colors: computed(() => JSON.stringify(live.board.value.breakdown_colors ?? [])),
    placed: placement(live.tiles),
    large,
    note,
    async copy(entry) {
      note.value = await copyTile(entry, window.navigator.clipboard);
    },
  };
}
