import type { View } from "./view";

/** Save, undo and redo; returns whether the key was one of them. */
export function press(event: KeyboardEvent, view: View): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  switch (event.key.toLowerCase()) {
    case "s":
      if (event.shiftKey) return false;
      void view.save();
      return true;
    case "z":
      if (event.shiftKey) view.redo();
      else view.undo();
      return true;
    case "y":
      view.redo();
      return true;
    default:
      return false;
  }
}
