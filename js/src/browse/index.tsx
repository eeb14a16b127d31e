import "./browse.css";
import type { InitializeProps, RenderProps } from "@anywidget/types";
import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { NoKernel } from "../shared/connection";
import { letGoBeside, letGoWhenClosed } from "../shared/let_go";
import { mount } from "../shared/mount";
import { unpacked } from "../shared/packed";
import { bindTraits } from "../shared/traits";
import { ColumnsPanel } from "./tools/columns_panel";
import { FacetPanel } from "./tools/facet_panel";
import { Footer } from "./footer";
import { pressAnywhere } from "./keyboard";
import { Picked } from "./plan/selected";
import { PlanPanel } from "./plan/panel";
import type { BrowseState } from "./state";
import { EMPTY } from "./texts";
import { Table } from "./table/table";
import { facetsBehind, Toolbar } from "./tools/toolbar";
import { createView, type View } from "./view";
import { ViewsPanel } from "./tools/views_panel";
import { Wanted } from "./tools/wanted";

export default {
  initialize({ model, signal }: InitializeProps<BrowseState>): void {
    letGoWhenClosed(model);
    const { beside } = bindTraits(model, ["beside"], signal);
    let known: readonly string[] = [];
    const stop = effect(() => {
      const ids = beside.value.filter((id) => !known.includes(id));
      known = beside.value;
      void letGoBeside(model.widget_manager, ids);
    });
    signal.addEventListener("abort", stop);
  },

  async render({ model, el, signal }: RenderProps<BrowseState>): Promise<void> {
    const columns = await unpacked(model, "columns");
    if (signal.aborted) return;
    const view = createView(model, el, signal, columns);
    mount(el, "browse", signal, (root) => <Browse view={view} root={root} />);
  },
};

function Browse({ view, root }: { view: View; root: HTMLElement }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (box.current && pressAnywhere(event, view, box.current)) event.preventDefault();
    };
    root.addEventListener("keydown", press);
    return () => root.removeEventListener("keydown", press);
  }, [root, view]);
  useLayoutEffect(() => {
    const measure = () => (view.width.value = root.clientWidth || Infinity);
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(root);
    return () => watcher.disconnect();
  }, [root, view]);
  return (
    <>
      <NoKernel connection={view.connection} />
      <Toolbar view={view} box={box} />
      <Panel view={view} />
      <Wanted view={view} />
      <Picked view={view} />
      <PlanPanel view={view} />
      {view.shown.value.length > 0 ? <Table view={view} /> : <Empty view={view} />}
      <Footer view={view} />
    </>
  );
}

function Panel({ view }: { view: View }) {
  const name = view.panel.value;
  if (name === null) return null;
  if (name === "columns") return <ColumnsPanel view={view} />;
  if (name === "views") return <ViewsPanel view={view} />;
  return <FacetPanel view={view} names={facetsBehind(name)} />;
}

function Empty({ view }: { view: View }) {
  if (view.rows.value.length === 0) return <p class="dw-empty">{EMPTY.noDashboards}</p>;
  const typed = view.traits.search.value;
  return (
    <p class="dw-empty">
      {view.found.value.length === 0 ? (
        <>
          {EMPTY.noMatch} “<bdi>{typed}</bdi>”.{" "}
          <button type="button" class="dw-button" onClick={() => view.type("")}>
            {EMPTY.clearSearch}
          </button>
        </>
      ) : (
        <>
          {EMPTY.filtered}{" "}
          <button type="button" class="dw-button" onClick={() => view.wantOnly({})}>
            {EMPTY.clearFilters}
          </button>
        </>
      )}
    </p>
  );
}
