import type { ComponentChild } from "preact";
import { render } from "preact";
import { watchTheme } from "./theme/theme";

/** Draw a widget into a view: themed, deaf to the host's shortcuts, taken down with its signal. */
export function mount(
  el: HTMLElement,
  name: string,
  until: AbortSignal,
  content: (root: HTMLElement) => ComponentChild,
): void {
  const root = el.ownerDocument.createElement("div");
  root.className = `dw dw-${name}`;
  root.dataset["lmSuppressShortcuts"] = "true"; // or JupyterLab takes letters and arrows
  el.append(root);

  const theme = watchTheme(el.ownerDocument, until);
  const stop = theme.subscribe((value) => (root.dataset["dwTheme"] = value));
  render(content(root), root);
  until.addEventListener(
    "abort",
    () => {
      stop();
      render(null, root);
      root.remove();
    },
    { once: true },
  );
}
