import "./watch.css";
import type { InitializeProps, RenderProps } from "@anywidget/types";
import { mount } from "../bridge/mount";
import { Board } from "./board";
import { createLive, type Live } from "./live";
import type { WatchState } from "./state";
import { createView } from "./view";

// Called once a model: its views share what has arrived.
export default () => {
  let live: Live | undefined;
  return {
    initialize({ model, signal }: InitializeProps<WatchState>): void {
      live = createLive(model, signal);
    },

    render({ el, signal }: RenderProps<WatchState>): void {
      const window = el.ownerDocument.defaultView;
      if (!live || !window) throw new Error("The board was not set up: run the cell again.");
      const view = createView(live, window);
      mount(el, "watch", signal, (root) => <Board view={view} root={root} />);
    },
  };
};
