import type { AnyModel } from "@anywidget/types";

/** Report to Python whether a view is visible, or hidden, as behind another tab. */
export function reportVisibility<State extends object>(
  model: AnyModel<State>,
  el: HTMLElement,
  until: AbortSignal,
): void {
  const view = Math.random();
  // Unlike a ResizeObserver it also reports at once what starts hidden.
  const observer = new IntersectionObserver(() => {
    try {
      model.send({ op: "seen", view, seen: el.offsetWidth > 0 });
    } catch {
      // Nobody is there to be told.
    }
  });
  observer.observe(el);
  until.addEventListener("abort", () => observer.disconnect(), { once: true });
}
