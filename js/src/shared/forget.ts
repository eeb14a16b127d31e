import type { AnyModel } from "@anywidget/types";

/** Empty a model that was closed, its code too: JupyterLab keeps every model that ever had a comm,
 * and each run of a cell makes another. */
export function forgetWhenClosed<State extends object>(
  model: AnyModel<State>,
  until: AbortSignal,
): void {
  const any = model as unknown as {
    get(name: string): unknown;
    set(values: object, options: object): void;
  };
  const code = any.get("_esm");
  // Afterwards: whoever hears of the end may still read. Other code: the model was not closed but
  // reloaded, while somebody works on it.
  until.addEventListener("abort", () =>
    setTimeout(() => {
      if (any.get("_esm") !== code) return;
      const heavy = { _css: null, _esm: null, columns: null, snapshot: null };
      // Twice: a model also keeps the values that it had before the last change.
      for (let times = 0; times < 2; times++) any.set(heavy, { silent: true });
    }),
  );
}
