import type { AnyModel } from "@anywidget/types";
import { signal, type ReadonlySignal } from "@preact/signals";
import { Notice } from "./notice";

export const NOT_CONNECTED =
  "Not connected to Python: the kernel was restarted or has ended. Run the cell again.";

/** What Jupyter marks a view with that is opened without a kernel. */
const DISCONNECTED = "jupyter-widgets-disconnected";

/** Whether the kernel of what is drawn in an element is gone, or was never there.
 *
 * An open view is not marked: anywidget takes its listener away. It hears of it, and of nothing
 * else: a model is told that it lives before it has a view, and never comes back. */
export function watchConnection<State extends object>(
  model: AnyModel<State>,
  el: HTMLElement,
  until: AbortSignal,
): ReadonlySignal<boolean> {
  const isGone = signal(el.classList.contains(DISCONNECTED));
  const hear = () => (isGone.value = true);
  model.on("comm_live_update", hear);
  until.addEventListener("abort", () => model.off("comm_live_update", hear), { once: true });
  return isGone;
}

/** Says so when the kernel is gone: what is drawn stays, but nothing can be done with it. */
export function Gone({ isGone }: { isGone: ReadonlySignal<boolean> }) {
  if (!isGone.value) return null;
  return <Notice tone="bad">{NOT_CONNECTED}</Notice>;
}
