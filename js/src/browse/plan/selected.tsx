import type { Verb } from "./actions";
import { SELECTION, VERBS } from "../texts";
import type { View } from "../view";

/** What can be done with the rows that are picked; each opens a plan, none sends anything. */
export function Picked({ view }: { view: View }) {
  const picked = view.picked.value;
  if (picked.size === 0) return null;
  const hidden = picked.size - view.shown.value.filter((row) => picked.has(row.id)).length;
  const busy = view.actions.step.value?.kind === "working";
  return (
    <div class="dw-bar dw-picked" role="group" aria-label={SELECTION.label}>
      <span>
        {SELECTION.selected(picked.size)}
        {hidden > 0 && <span class="dw-second"> {SELECTION.hidden(hidden)}</span>}{" "}
        <button type="button" class="dw-link" onClick={() => view.clear()}>
          {SELECTION.clear}
        </button>
      </span>
      <span class="dw-push dw-tools">
        {view.traits.acts.value &&
          (Object.keys(VERBS) as Verb[]).map((verb) => (
            <button
              key={verb}
              type="button"
              class="dw-button"
              disabled={busy}
              onClick={() => view.actions.begin(verb, [...picked])}
            >
              {VERBS[verb]}…
            </button>
          ))}
      </span>
    </div>
  );
}
