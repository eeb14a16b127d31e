import "./arrange.css";
import type { InitializeProps, RenderProps } from "@anywidget/types";
import { useEffect } from "preact/hooks";
import { NoKernel } from "../shared/connection";
import { Notice } from "../shared/notice";
import { letGoWhenClosed } from "../shared/let_go";
import { mount } from "../shared/mount";
import { Canvas } from "./board/canvas";
import { Footer } from "./bars/footer";
import { pressBoard } from "./keyboard";
import { List } from "./side/list";
import { Mobile } from "./board/mobile";
import { Side } from "./side/side";
import type { ArrangeState } from "./state";
import { Saved, Theirs } from "./bars/conflicts";
import { Toolbar } from "./bars/toolbar";
import { UNCACHED } from "./texts";
import { createView, type View } from "./view";

export default {
  initialize({ model }: InitializeProps<ArrangeState>): void {
    letGoWhenClosed(model);
  },

  render({ model, el, signal }: RenderProps<ArrangeState>): void {
    const view = createView(model, el, signal);
    mount(el, "arrange", signal, (root) => <Arrange view={view} root={root} />);
  },
};

/** Small pictures that are missing, and the one thing that brings them. */
function Uncached({ view }: { view: View }) {
  const count = view.tiles.value.filter(({ uncached }) => uncached).length;
  if (count === 0) return null;
  const { computing } = view.progress.value;
  return (
    <Notice tone="plain">
      {UNCACHED.missing(count)}{" "}
      <button
        type="button"
        class="dw-button"
        disabled={computing}
        onClick={() => void view.perform("compute")}
      >
        {computing ? UNCACHED.computing : UNCACHED.compute}
      </button>
    </Notice>
  );
}

function Arrange({ view, root }: { view: View; root: HTMLElement }) {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!pressBoard(event, view)) return;
      event.preventDefault();
      event.stopPropagation(); // or the host would save the notebook as well
    };
    root.addEventListener("keydown", hear);
    return () => root.removeEventListener("keydown", hear);
  }, [root, view]);
  const { denied } = view.board.value;
  return (
    <>
      <NoKernel connection={view.connection} />
      <Toolbar view={view} />
      {denied && <Notice>{denied}</Notice>}
      <Theirs view={view} />
      <Saved view={view} />
      <Uncached view={view} />
      <div class="dw-work">
        {view.mode.value === "desktop" && <Canvas view={view} />}
        {view.mode.value === "mobile" && <Mobile view={view} />}
        {view.mode.value === "list" && <List view={view} />}
        {view.side.value && <Side view={view} />}
      </div>
      <Footer view={view} />
    </>
  );
}
