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
  if (event.key === " " && row) {
    view.pick(row.id, event.shiftKey ? "range" : "toggle");
    return true;
  }
  if (event.key === "Enter" && row) return open(row.url);
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    view.pickShown();
    return true;
  }
  return false;
}

/** What a key does anywhere in the widget. */
export function pressAnywhere(event: KeyboardEvent, view: View, box: HTMLInputElement): boolean {
  if (event.isComposing) return false;
  if (event.key === "/" && event.target !== box) {
    box.focus();
    box.select();
    return true;
  }
  if (event.key === "Escape") {
    if (view.typed.value) view.type("");
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
export function open(url: string): boolean {
  if (/^https?:\/\//.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  return true;
}
