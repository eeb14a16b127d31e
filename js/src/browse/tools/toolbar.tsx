import type { RefObject } from "preact";
import { COLUMNS } from "../table/columns";
import { isKnown } from "./facet_panel";
import { FACETS } from "./facets";
import { TOOLBAR } from "../texts";
import type { View } from "../view";

/** Facets with a button of their own, where there is room; the others share one. */
const IN_FRONT = ["owner", "tags", "last_accessed_at"];
const ALL = FACETS.map(({ name }) => name);
/** Facets that are only there with an audit, or with the list of insights. */
const EXTRA = ["findings", "uses"];
const REST = ALL.filter((name) => !IN_FRONT.includes(name) && !EXTRA.includes(name));
/** Narrower than this, all facets share one button. */
const ROOMY = 800;

/** The facets behind a button. */
export function facetsBehind(name: string): readonly string[] {
  return { more: REST, filters: ALL }[name] ?? [name];
}

export function Toolbar({ view, box }: { view: View; box: RefObject<HTMLInputElement | null> }) {
  const facets = FACETS.filter(({ name }) => IN_FRONT.includes(name));
  const known = isKnown(view);
  const extra = FACETS.filter(({ name }) => EXTRA.includes(name) && known(name));
  const roomy = view.width.value >= ROOMY;
  const hidden = view.traits.shown.value.length - view.drawn.value.length;
  return (
    <div class="dw-bar">
      <input
        ref={box}
        type="search"
        class="dw-search"
        placeholder={TOOLBAR.searchHint}
        aria-label={TOOLBAR.search}
        value={view.traits.search.value}
        onInput={(event) => view.type(event.currentTarget.value)}
      />
      {roomy ? (
        <>
          {facets.map(({ name, title }) => (
            <Opener key={name} view={view} name={name} title={title} on={wanted(view, [name])} />
          ))}
          {extra.map(({ name, title }) => (
            <Opener key={name} view={view} name={name} title={title} on={wanted(view, [name])} />
          ))}
          <Opener view={view} name="more" title={TOOLBAR.more} on={wanted(view, REST)} />
        </>
      ) : (
        <Opener view={view} name="filters" title={TOOLBAR.filters} on={wanted(view, ALL)} />
      )}
      <span class="dw-push dw-tools">
        <Opener
          view={view}
          name="columns"
          title={TOOLBAR.columns}
          hint={
            hidden
              ? TOOLBAR.noRoom(hidden, view.traits.shown.value.length)
              : TOOLBAR.shown(view.drawn.value.length, COLUMNS.length)
          }
        />
        <Opener view={view} name="views" title={TOOLBAR.views} />
      </span>
    </div>
  );
}

function wanted(view: View, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (view.traits.facets.value[name]?.length ?? 0), 0);
}

/** A button that opens a panel under the toolbar, and closes it again. */
function Opener(props: {
  view: View;
  name: string;
  title: string;
  on?: number;
  hint?: string;
}) {
  const { view, name, title, on = 0, hint } = props;
  const isOpen = view.panel.value === name;
  return (
    <button
      type="button"
      class="dw-button dw-opener"
      data-dw-panel={name}
      aria-expanded={isOpen}
      title={hint}
      onClick={() => (view.panel.value = isOpen ? null : name)}
    >
      {title}
      {on > 0 && <span class="dw-count">{on}</span>}
      <span class="dw-mark" aria-hidden="true" />
    </button>
  );
}
