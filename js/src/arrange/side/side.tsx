import { Details } from "./details";
import { Targets } from "./targets";
import { CLOSE, DETAILS, TARGETS } from "../texts";
import type { View } from "../view";

export function Side({ view }: { view: View }) {
  const isTile = view.side.value === "tile";
  return (
    <section class="dw-side" aria-label={isTile ? DETAILS.title : TARGETS.label}>
      <div class="dw-side-head">
        <h3>{isTile ? DETAILS.title : TARGETS.title}</h3>
        <button
          type="button"
          class="dw-quiet"
          aria-label={CLOSE}
          onClick={() => (view.side.value = null)}
        >
          ✕
        </button>
      </div>
      {isTile ? <Details view={view} /> : <Targets view={view} />}
    </section>
  );
}
