import type { View } from "./view";

/** What can be done with the rows that are picked. */
export function Picked({ view }: { view: View }) {
  const picked = view.picked.value;
  if (picked.size === 0) return null;
  const hidden = picked.size - view.shown.value.filter((row) => picked.has(row.id)).length;
  return (
    <div class="dw-bar dw-picked" role="group" aria-label="Selection">
      <span>
        {picked.size} selected
        {hidden > 0 && <span class="dw-second"> ({hidden} of them not shown)</span>}
      </span>
      <button type="button" class="dw-button dw-push" onClick={() => view.clear()}>
        Clear
      </button>
    </div>
  );
}
