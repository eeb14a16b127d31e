import "./browse.css";
import type { RenderProps } from "@anywidget/types";
import { useEffect, useRef } from "preact/hooks";
import { mount } from "../bridge/mount";
import { Footer } from "./footer";
import { pressAnywhere } from "./keyboard";
import type { BrowseState } from "./state";
import { Table } from "./table";
import { Toolbar } from "./toolbar";
import { createView, type View } from "./view";

export default {
  render({ model, el, signal }: RenderProps<BrowseState>): void {
    const view = createView(model, signal);
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
  return (
    <>
      <Toolbar view={view} box={box} />
      {view.shown.value.length > 0 ? <Table view={view} /> : <Empty view={view} />}
      <Footer view={view} />
    </>
  );
}

function Empty({ view }: { view: View }) {
  if (view.rows.value.length === 0) return <p class="dw-empty">This project has no dashboards.</p>;
  return (
    <p class="dw-empty">
      Nothing matches “{view.typed.value}”.{" "}
      <button type="button" class="dw-button" onClick={() => view.type("")}>
        Clear the search
      </button>
    </p>
  );
}
