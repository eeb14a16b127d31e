import type { RefObject } from "preact";
import { COLUMNS } from "./columns";
import { FACETS } from "./facets";
import type { View } from "./view";

/** Facets with a button of their own; the others share one. */
export const IN_FRONT = ["owner", "tags", "last_accessed_at"];
export const REST = FACETS.map(({ name }) => name).filter(
  (name) => !IN_FRONT.includes(name) && name !== "findings",
);

export function Toolbar({ view, box }: { view: View; box: RefObject<HTMLInputElement | null> }) {
  const facets = FACETS.filter(({ name }) => IN_FRONT.includes(name));
  const hidden = view.traits.shown.value.length - view.drawn.value.length;
  return (
    <div class="dw-bar">
      <input
        ref={box}
        type="search"
        class="dw-search"
        placeholder="name, description, tag or owner"
        aria-label="Search dashboards"
        value={view.traits.search.value}
        onInput={(event) => view.type(event.currentTarget.value)}
      />
      {facets.map(({ name, title }) => (
        <Opener key={name} view={view} name={name} title={title} on={wanted(view, [name])} />
      ))}
      {view.traits.report.value && (
        <Opener view={view} name="findings" title="Findings" on={wanted(view, ["findings"])} />
      )}
      <Opener view={view} name="more" title="More" on={wanted(view, REST)} />
      <span class="dw-push dw-tools">
        <Opener
          view={view}
          name="columns"
          title="Columns"
          hint={
            hidden
              ? `${hidden} of ${view.traits.shown.value.length} have no room here`
              : `${view.drawn.value.length} of ${COLUMNS.length} shown`
          }
        />
        <Opener view={view} name="views" title="Views" />
      </span>
    </div>
  );
}

function wanted(view: View, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (view.traits.facets.value[name]?.length ?? 0), 0);
}

/** A button that opens a panel under the toolbar, and closes it again. */
export function Opener(props: {
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
