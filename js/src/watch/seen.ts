import type { AnyModel } from "@anywidget/types";

/** Tell Python whether a view is seen, or hidden, as behind another tab. */
export function tellSeen<State extends object>(
  model: AnyModel<State>,
  el: HTMLElement,
  until: AbortSignal,
): void {
  const view = Math.random();
  // Told at once also of what is born hidden, which a ResizeObserver is not.
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
