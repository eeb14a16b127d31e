import { count } from "../../charts/numbers/format";
import type { Verb } from "./actions";
import type { View } from "../view";

const VERBS: readonly [Verb, string][] = [
  ["tag", "Tag…"],
  ["untag", "Untag…"],
  ["pin", "Pin…"],
  ["unpin", "Unpin…"],
  ["unshare", "Unshare…"],
  ["delete", "Delete…"],
];

/** What can be done with the rows that are picked; each opens a plan, none sends anything. */
export function Picked({ view }: { view: View }) {
  const picked = view.picked.value;
  if (picked.size === 0) return null;
  const hidden = picked.size - view.shown.value.filter((row) => picked.has(row.id)).length;
  const busy = view.actions.step.value?.kind === "working";
  return (
    <div class="dw-bar dw-picked" role="group" aria-label="Selection">
      <span>
        {count(picked.size)} selected
        {hidden > 0 && <span class="dw-second"> ({count(hidden)} of them not shown)</span>}
      </span>
      <span class="dw-push dw-tools">
        {view.traits.acts.value &&
          VERBS.map(([verb, title]) => (
            <button
              key={verb}
              type="button"
              class="dw-button"
              disabled={busy}
              onClick={() => view.actions.begin(verb, [...picked])}
            >
              {title}
            </button>
          ))}
        <button type="button" class="dw-button" onClick={() => view.clear()}>
          Clear
        </button>
      </span>
    </div>
  );
}
