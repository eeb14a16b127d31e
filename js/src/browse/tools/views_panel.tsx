import { useSignal } from "@preact/signals";
import type { SavedView } from "../state";
import { VIEWS_PANEL } from "../texts";
import type { View } from "../view";

export function ViewsPanel({ view }: { view: View }) {
  const name = useSignal("");
  const views = view.traits.views.value;
  const now = asText(view.current());
  const names = Object.keys(views);
  const save = () => {
    const called = name.value.trim();
    if (!called) return;
    view.keep({ ...views, [called]: view.current() });
    view.said.value = VIEWS_PANEL.saved(called);
    name.value = "";
  };
  return (
    <div class="dw-panel dw-views">
      {names.length === 0 && <span class="dw-second">{VIEWS_PANEL.advice}</span>}
      <ul aria-label={VIEWS_PANEL.list}>
        {names.map((called) => (
          <li key={called}>
            <button
              type="button"
              class={asText(views[called]!) === now ? "dw-chip dw-on" : "dw-chip"}
              aria-pressed={asText(views[called]!) === now}
              onClick={() => view.apply(views[called]!)}
            >
              <bdi class="dw-clip">{called}</bdi>
            </button>
            <button
              type="button"
              class="dw-link"
              aria-label={VIEWS_PANEL.remove(called)}
              onClick={() => view.keep(without(views, called))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      <input
        class="dw-search dw-narrow"
        placeholder={VIEWS_PANEL.hint}
        aria-label={VIEWS_PANEL.name}
        value={name.value}
        onInput={(event) => (name.value = event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && !event.isComposing && save()}
      />
      <button type="button" class="dw-button" disabled={!name.value.trim()} onClick={save}>
        {VIEWS_PANEL.save}
      </button>
    </div>
  );
}

function without(views: Record<string, SavedView>, name: string): Record<string, SavedView> {
  return Object.fromEntries(Object.entries(views).filter(([other]) => other !== name));
}

function asText({ columns, sort, search, facets }: SavedView): string {
  const order = Object.entries(facets).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([columns, sort.map((k) => [k.column, k.descending]), search, order]);
}
