import { FACETS, labelOf } from "./facets";
import { FILTERS } from "../texts";
import type { View } from "../view";

/** The active filters; a click removes one. */
export function Wanted({ view }: { view: View }) {
  const facets = view.traits.facets.value;
  const wanted = FACETS.flatMap((facet) =>
    (facets[facet.name] ?? []).map((value) => ({ facet, value })),
  );
  if (wanted.length === 0) return null;
  return (
    <div class="dw-bar dw-wanted" role="group" aria-label={FILTERS.label}>
      {wanted.map(({ facet, value }) => (
        <button
          key={`${facet.name} ${value}`}
          type="button"
          class="dw-chip dw-on"
          aria-label={FILTERS.remove(facet.title, labelOf(facet, value))}
          onClick={() => view.want(facet.name, value)}
        >
          <span class="dw-second">{facet.title}</span>{" "}
          <bdi class="dw-clip">{labelOf(facet, value)}</bdi> <span aria-hidden="true">✕</span>
        </button>
      ))}
      {wanted.length > 1 && (
        <button type="button" class="dw-link" onClick={() => view.wantOnly({})}>
          {FILTERS.clear}
        </button>
      )}
    </div>
  );
}
