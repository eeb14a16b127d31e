import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { count as said } from "../../charts/numbers/format";
import { choices, FACETS, type Facet } from "./facets";
import { fold } from "../table/rows";
import { FACET_PANEL, TRY_AGAIN } from "../texts";
import type { View } from "../view";

/** Values that are drawn before one has to type. */
const DRAWN = 24;

export function FacetPanel({ view, names }: { view: View; names: readonly string[] }) {
  const known = isKnown(view);
  const facets = FACETS.filter(({ name }) => names.includes(name) && known(name));
  return (
    <div class="dw-panel dw-facets">
      {facets.map((facet) => (
        <Choices key={facet.name} view={view} facet={facet} />
      ))}
      {facets.some(({ name }) => name === "uses") && <Reading view={view} />}
    </div>
  );
}

/** Whether a facet has values here: findings need an audit, and names the list of insights. */
export function isKnown(view: View): (name: string) => boolean {
  const { report, uses, live } = view.traits;
  return (name) => {
    if (name === "findings") return report.value !== null;
    return name !== "uses" || live.value || uses.value !== null;
  };
}

/** How far the names are read; opening the panel asks for them. */
function Reading({ view }: { view: View }) {
  const { uses } = view;
  useEffect(() => void uses.read(), [uses]);
  const unread = view.traits.uses.value?.unread ?? 0;
  if (uses.why.value)
    return (
      <p class="dw-failed" role="alert">
        {uses.why.value}{" "}
        <button type="button" class="dw-button" onClick={() => void uses.read()}>
          {TRY_AGAIN}
        </button>
      </p>
    );
  if (uses.isReading.value) return <p class="dw-second">{FACET_PANEL.reading}</p>;
  if (!unread) return null;
  return (
    <p class="dw-second">{FACET_PANEL.unread(unread)}</p>
  );
}

function Choices({ view, facet }: { view: View; facet: Facet }) {
  const typed = useSignal("");
  const all = choices(view.found.value, view.traits.facets.value, facet, view.now);
  const words = fold(typed.value);
  const found = words ? all.filter(({ label }) => fold(label).includes(words)) : all;
  const drawn = found.slice(0, DRAWN);
  return (
    <fieldset class="dw-facet" data-dw-facet={facet.name}>
      <legend>{facet.title}</legend>
      {all.length > DRAWN && (
        <input
          type="search"
          class="dw-search dw-narrow"
          placeholder={FACET_PANEL.searchHint(all.length)}
          aria-label={FACET_PANEL.search(facet.title)}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
      )}
      <div class="dw-choices">
        {drawn.map(({ value, label, count, wanted }) => (
          <button
            key={value}
            type="button"
            class={wanted ? "dw-chip dw-on" : "dw-chip"}
            aria-pressed={wanted}
            title={label.length > 30 ? label : undefined}
            onClick={() => view.want(facet.name, value)}
          >
            <bdi class="dw-clip">{label}</bdi> <span class="dw-count">{said(count)}</span>
          </button>
        ))}
        {drawn.length < found.length && (
          <span class="dw-second">
            {FACET_PANEL.more(found.length - drawn.length)}
          </span>
        )}
        {found.length === 0 && words && <span class="dw-second">{FACET_PANEL.none}</span>}
      </div>
    </fieldset>
  );
}
