import "./edit.css";
import type { InitializeProps, RenderProps } from "@anywidget/types";
import { useEffect } from "preact/hooks";
import { NoKernel } from "../shared/connection";
import { letGoWhenClosed } from "../shared/let_go";
import { mount } from "../shared/mount";
import { BoardFields } from "./fields/board_fields";
import { Footer } from "./footer";
import { press } from "./keyboard";
import { Link } from "./access/link";
import { People } from "./access/people";
import type { EditState } from "./state";
import { Theirs } from "./conflicts";
import { createView, type View } from "./view";

export default {
  initialize({ model }: InitializeProps<EditState>): void {
    letGoWhenClosed(model);
  },

  render({ model, el, signal }: RenderProps<EditState>): void {
    const view = createView(model, el, signal);
    mount(el, "edit", signal, (root) => <Edit view={view} root={root} />);
  },
};

function Edit({ view, root }: { view: View; root: HTMLElement }) {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!press(event, view)) return;
      event.preventDefault();
      event.stopPropagation(); // or the host would save the notebook as well
    };
    root.addEventListener("keydown", hear);
    return () => root.removeEventListener("keydown", hear);
  }, [root, view]);
  return (
    <>
      <NoKernel connection={view.connection} />
      <Theirs view={view} />
      <div class="dw-columns">
        <BoardFields view={view} />
        <div class="dw-side">
          <People view={view} />
          <Link view={view} />
        </div>
      </div>
      <Footer view={view} />
    </>
  );
}
