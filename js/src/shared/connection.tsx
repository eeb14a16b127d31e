import type { AnyModel } from "@anywidget/types";
import { signal, type ReadonlySignal } from "@preact/signals";
import { Notice } from "./notice";

export const NOT_CONNECTED =
  "Not connected to Python: the kernel was restarted or has ended. Run the cell again.";

export const SAVED = "A saved view. Run the cell to work with it.";

/** `saved`: drawn without a kernel, as in a page made from a notebook: nothing is wrong. */
export type Connection = "live" | "saved" | "lost";

/** What Jupyter marks a view with that is opened without a kernel. */
const DISCONNECTED = "jupyter-widgets-disconnected";

/** Whether a kernel answers what is drawn in an element.
 *
 * An open view is not marked: anywidget takes its listener away. It hears of it, and of nothing
 * else: a model is told that it lives before it has a view, and never comes back. */
export function watchConnection<State extends object>(
  model: AnyModel<State>,
  el: HTMLElement,
  until: AbortSignal,
): ReadonlySignal<Connection> {
  const connection = signal<Connection>(el.classList.contains(DISCONNECTED) ? "saved" : "live");
  const hear = () => (connection.value = "lost");
  model.on("comm_live_update", hear);
  until.addEventListener("abort", () => model.off("comm_live_update", hear), { once: true });
  return connection;
}

/** Says so where no kernel answers: what is drawn stays, but nothing can be done with it. */
export function NoKernel({ connection }: { connection: ReadonlySignal<Connection> }) {
  if (connection.value === "live") return null;
  if (connection.value === "saved") return <Notice tone="plain">{SAVED}</Notice>;
  return <Notice tone="bad">{NOT_CONNECTED}</Notice>;
}
