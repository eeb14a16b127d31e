import "./watch.css";
import type { InitializeProps, RenderProps } from "@anywidget/types";
import { watchConnection } from "../shared/connection";
import { letGoWhenClosed } from "../shared/let_go";
import { mount } from "../shared/mount";
import { Boards } from "./board/board";
import { createLive, type Live } from "./live";
import type { WatchState } from "./state";
import { NOT_SET_UP } from "./texts";
import { reportVisibility } from "./visibility";
import { createView } from "./view";

// Called once a model: its views share what has arrived.
export default () => {
  let lives: Live[] | undefined;
  return {
    initialize({ model, signal }: InitializeProps<WatchState>): void {
      lives = createLive(model, signal);
      letGoWhenClosed(model);
    },

    render({ model, el, signal }: RenderProps<WatchState>): void {
      const window = el.ownerDocument.defaultView;
      if (!lives || !window) throw new Error(NOT_SET_UP);
      const connection = watchConnection(model, el, signal);
      const views = lives.map((live) => createView(live, connection, window));
      if (window.IntersectionObserver) reportVisibility(model, el, signal);
      mount(el, "watch", signal, (root) => <Boards views={views} root={root} />);
    },
  };
};
