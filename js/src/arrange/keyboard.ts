import { tilePlace } from "./board/gestures";
import { isSame, moved, movedTogether, resized, type Boxes } from "./board/moves";
import { KEYBOARD } from "./texts";
import type { View } from "./view";

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key on a tile; returns whether it meant something. */
export function pressTile(event: KeyboardEvent, id: number, view: View): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || view.board.peek().denied) return false;
  const held = view.hold.peek();
  const arrow = ARROWS[event.key];
  if (event.key === "Enter" || event.key === " ") {
    if (held) {
      view.drop(true);
      view.note.value = KEYBOARD.dropped(tilePlace(view, id));
    } else {
      view.hold.value = { ids: view.chosen(id), by: "keys", start: view.boxes.peek() };
      view.note.value = KEYBOARD.pickedUp(view.title(id));
    }
  } else if (event.key === "Escape") {
    if (held) {
      view.drop(false);
      view.note.value = KEYBOARD.canceled(tilePlace(view, id));
    } else if (view.selected.peek().size > 0) view.selected.value = new Set();
    else return false;
  } else if (arrow && held) {
    const [dx, dy] = arrow;
    view.show(event.shiftKey ? stretched(view, id, dx, dy) : pushed(view, held.ids, id, dx, dy));
    view.note.value = tilePlace(view, id);
  } else if (event.key === "x" && !held) {
    toggle(view, id);
  } else if (event.key === "Delete" && !held) {
    view.remove(view.chosen(id));
  } else return false;
  return true;
}

export function toggle(view: View, id: number): void {
  const next = new Set(view.selected.peek());
  if (!next.delete(id)) next.add(id);
  view.selected.value = next;
  view.note.value = KEYBOARD.selected(view.title(id), next.has(id), next.size);
}

/** Save, undo and redo; returns whether the key was one of them. */
export function pressBoard(event: KeyboardEvent, view: View): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const isText = event.target instanceof HTMLElement && event.target.matches("input, textarea");
  const key = event.key.toLowerCase();
  if (key === "s" && !event.shiftKey) void view.save();
  else if (isText) return false; // letters are undone where they are typed
  else if (key === "z") void view.perform(event.shiftKey ? "redo" : "undo");
  else if (key === "y") void view.perform("redo");
  else return false;
  return true;
}

function stretched(view: View, id: number, dw: number, dh: number): Boxes {
  const boxes = view.boxes.peek();
  const box = boxes.get(id);
  return box ? resized(boxes, id, box.w + dw, box.h + dh, view.least(id)) : boxes;
}

/** One row is often no change, because tiles rise again: on to the next row that is one. */
function pushed(view: View, ids: readonly number[], id: number, dx: number, dy: number): Boxes {
  const boxes = view.boxes.peek();
  const box = boxes.get(id);
  const end = Math.max(...[...boxes.values()].map(({ y, h }) => y + h));
  if (!box) return boxes;
  for (let far = 1; far <= (dy === 0 ? 1 : end); far += 1) {
    const next =
      ids.length === 1
        ? moved(boxes, id, Math.max(0, Math.min(12 - box.w, box.x + dx)), Math.max(0, box.y + far * dy))
        : movedTogether(boxes, ids, dx, far * dy);
    const to = next.get(id);
    const goesOn = dy === 0 || (to !== undefined && (to.y - box.y) * dy > 0);
    if (goesOn && !isSame(next, boxes)) return next;
  }
  return boxes;
}
