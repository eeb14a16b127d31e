import type { AnyModel } from "@anywidget/types";

/** Empty a model that was closed, its code too: JupyterLab keeps every model that ever had a comm,
 * and each run of a cell makes another. */
export function forgetWhenClosed<State extends object>(
  model: AnyModel<State>,
  until: AbortSignal,
  heavy: (keyof State & string)[],
): void {
  const any = model as unknown as AnyModel<Record<string, unknown>>;
  const code = any.get("_esm");
  const empty = () => {
    // Other code: it was not closed but reloaded, while somebody works on it.
    if (any.get("_esm") !== code) return;
    for (const name of [...heavy, "_esm", "_css"]) {
      (any.set as (name: string, value: unknown, options: object) => void)(name, null, {
        silent: true,
      });
    }
  };
  // Afterwards: whoever hears of the end may still read.
  until.addEventListener("abort", () => setTimeout(empty, 0), { once: true });
}
