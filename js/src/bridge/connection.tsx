import type { AnyModel } from "@anywidget/types";
import { signal, type ReadonlySignal } from "@preact/signals";

export const NOT_CONNECTED =
  "Not connected to Python: the kernel was restarted or has ended. Run the cell again.";

/** What Jupyter marks a view with, before it is drawn and ever after. */
const DISCONNECTED = "jupyter-widgets-disconnected";

/** Whether the kernel of what is drawn in an element is gone, or was never there. */
export function watchConnection<State extends object>(
  model: AnyModel<State>,
  el: HTMLElement,
  until: AbortSignal,
): ReadonlySignal<boolean> {
  const isLost = () => el.classList.contains(DISCONNECTED);
  const isGone = signal(isLost());
  const hear = () => (isGone.value = isLost());
  model.on("comm_live_update", hear);
  until.addEventListener("abort", () => model.off("comm_live_update", hear), { once: true });
  return isGone;
}

/** Says so when the kernel is gone: what is drawn stays, but nothing can be done with it. */
export function Gone({ isGone }: { isGone: ReadonlySignal<boolean> }) {
  if (!isGone.value) return null;
  return (
    <p class="dw-gone" role="alert">
      {NOT_CONNECTED}
    </p>
  );
}
