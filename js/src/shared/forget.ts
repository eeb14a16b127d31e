import type { AnyModel } from "@anywidget/types";

/** Empty a model that was closed, its code too: JupyterLab keeps every model that ever had a comm,
 * and each run of a cell makes another. */
export function forgetWhenClosed<State extends object>(
  { get, set }: AnyModel<State>,
  until: AbortSignal,
  heavy: { [Name in keyof State]?: null },
): void {
  const read = get as (name: string) => unknown;
  const write = set as unknown as (values: object, options: object) => void;
  const code = read("_esm");
  // Afterwards: whoever hears of the end may still read. Other code: the model was not closed but
  // reloaded, while somebody works on it.
  until.addEventListener("abort", () =>
    setTimeout(() => {
      if (read("_esm") === code) write({ ...heavy, _esm: null, _css: null }, { silent: true });
    }),
  );
}
