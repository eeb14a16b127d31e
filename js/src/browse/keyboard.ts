import type { View } from "./view";

/** Rows a page key jumps over. */
const PAGE = 10;

/** What a key does while a row has the focus; says whether it did anything. */
export function pressInTable(event: KeyboardEvent, view: View): boolean {
  const shown = view.shown.value;
  const row = shown[view.active.value];
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
  if (step) return move(view, view.active.value + step, event.shiftKey);
  if (event.key === "Home") return move(view, 0, event.shiftKey);
  if (event.key === "End") return move(view, shown.length - 1, event.shiftKey);
  if (!row) return false;
  const hasKey = event.ctrlKey || event.metaKey;
  const isOpen = view.opened.value.has(row.id);
  if (event.key === " ") view.pick(row.id, event.shiftKey ? "range" : "toggle");
  else if (event.key === "Enter" && hasKey) open(row.url);
  else if (event.key === "Enter" && view.traits.opens.value) view.open(row.id, "open");
  else if (event.key === "Enter") view.toggle(row.id);
  else if (event.key === "ArrowRight" && !isOpen) view.toggle(row.id);
  else if (event.key === "ArrowLeft" && isOpen) view.toggle(row.id);
  else if (event.key === "a" && hasKey) view.pickShown();
  else return false;
  return true;
}

/** What a key does anywhere in the widget. */
export function pressAnywhere(event: KeyboardEvent, view: View, box: HTMLInputElement): boolean {
  if (event.isComposing) return false;
  const isTyping = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
  if (event.key === "/" && !isTyping) {
    box.focus();
    box.select();
    return true;
  }
  if (event.key === "Escape") {
    const step = view.actions.step.value;
    if (step && step.kind !== "working") view.actions.end();
    else if (view.panel.value) view.panel.value = null;
    else if (view.traits.search.value) view.type("");
    else if (view.picked.value.size) view.clear();
    else return false;
    return true;
  }
  return false;
}

function move(view: View, to: number, extend: boolean): boolean {
  const shown = view.shown.value;
  const at = Math.max(0, Math.min(shown.length - 1, to));
  const row = shown[at];
  if (extend && row) view.pick(row.id, "range");
  view.active.value = at;
  return true;
}

/** Open a dashboard in PostHog; an address of another kind is not one. */
export function open(url: string): void {
  if (isWebPage(url)) window.open(url, "_blank", "noopener,noreferrer");
}

export function isWebPage(url: string): boolean {
  return /^https?:\/\//.test(url);
}
