import { useEffect, useRef } from "preact/hooks";
import { TILE } from "../texts";
import { titleOf } from "./content";
import { Inside, press } from "./tile";
import type { Entry } from "./tiles";
import type { View } from "../view";

/** The tile that is open large; Escape closes it, and the focus goes back where it was. */
export function Large({ view }: { view: View }) {
  const entry = view.large.value;
  return entry && <Opened key={entry.id} entry={entry} view={view} />;
}

function Opened({ entry, view }: { entry: Entry; view: View }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.focus();
  }, []);
  return (
    <dialog
      class="dw-large"
      ref={dialog}
      tabIndex={-1}
      aria-label={titleOf(entry)}
      onClose={() => (view.large.value = null)}
      onKeyDown={(event) => event.key === "c" && press(event, entry, view)}
    >
      <button type="button" class="dw-button" onClick={() => dialog.current?.close()}>
        {TILE.close}
      </button>
      <Inside entry={entry} view={view} isShown />
    </dialog>
  );
}
