import type { AnyModel } from "@anywidget/types";
import { signal, type ReadonlySignal } from "@preact/signals";

export const NOT_CONNECTED =
  "Not connected to Python: the kernel was restarted or has ended. Run the cell again.";

/** Whether the kernel is gone. Jupyter tells a model so once, and a model never comes back. */
export function watchConnection<State extends object>(
  model: AnyModel<State>,
  until: AbortSignal,
): ReadonlySignal<boolean> {
  const isGone = signal(false);
  const hear = () => (isGone.value = true);
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
