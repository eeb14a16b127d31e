import { Details } from "./details";
import { Targets } from "./targets";
import type { View } from "../view";

export function Side({ view }: { view: View }) {
  const isTile = view.side.value === "tile";
  return (
    <section class="dw-side" aria-label={isTile ? "Tile" : "Move or copy"}>
      <div class="dw-side-head">
        <h3>{isTile ? "Tile" : "Move or copy to"}</h3>
        <button
          type="button"
          class="dw-quiet"
          aria-label="Close"
          onClick={() => (view.side.value = null)}
        >
          ✕
        </button>
      </div>
      {isTile ? <Details view={view} /> : <Targets view={view} />}
    </section>
  );
}
