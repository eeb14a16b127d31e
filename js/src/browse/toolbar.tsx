import type { RefObject } from "preact";
import type { View } from "./view";

export function Toolbar({ view, box }: { view: View; box: RefObject<HTMLInputElement | null> }) {
  const picked = view.picked.value.size;
  return (
    <div class="dw-bar">
      <input
        ref={box}
        type="search"
        class="dw-search"
        placeholder="name, description, tag or owner"
        aria-label="Search dashboards"
        value={view.typed.value}
        onInput={(event) => view.type(event.currentTarget.value)}
      />
      {picked > 0 && (
        <span class="dw-push dw-picked">
          {picked} selected
          <button type="button" class="dw-button" onClick={() => view.clear()}>
            Clear
          </button>
        </span>
      )}
    </div>
  );
}
