import { plural } from "../charts/numbers/format";
import { requestsOf } from "./price";
import { savedText } from "../shared/perform";
import { FOOTER } from "./texts";
import type { View } from "./view";

/** What is not saved yet, how many requests saving takes, undo and redo. */
export function Footer({ view }: { view: View }) {
  const changed = Object.keys(view.changes.value).length;
  const saving = view.saving.value.length > 0;
  const mac = /Mac|iP/.test(navigator.platform);
  const note = view.note.value || view.message.value;
  return (
    <div class="dw-bar dw-foot">
      {changed > 0 && (
        <>
          <span class="dw-edited">{plural(changed, "unsaved change")}</span>
          <span>· {plural(requestsOf(view), "request")}</span>
        </>
      )}
      <span role="status" class="dw-note">
        {saving ? FOOTER.saving : savedText(changed === 0, note)}
      </span>
      <span class="dw-push dw-actions">
        <button
          type="button"
          class="dw-quiet"
          disabled={!view.history.canUndo.value}
          onClick={() => view.undo()}
        >
          {FOOTER.undo}
        </button>
        <button
          type="button"
          class="dw-quiet"
          disabled={!view.history.canRedo.value}
          onClick={() => view.redo()}
        >
          {FOOTER.redo}
        </button>
        <button
          type="button"
          class="dw-button"
          disabled={changed === 0 || saving}
          onClick={() => void view.perform("discard", {}, FOOTER.discarded).then(view.history.forget)}
        >
          {FOOTER.discard}
        </button>
        <button
          type="button"
          class="dw-button dw-save"
          disabled={changed === 0 || saving}
          onClick={() => void view.save()}
        >
          {FOOTER.save} <span class="dw-shortcut">{mac ? "⌘S" : "Ctrl+S"}</span>
        </button>
      </span>
    </div>
  );
}
