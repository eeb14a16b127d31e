import { pixels, cellAt, sizeOf } from "./geometry";
import { moved, movedTogether, resized } from "./moves";
import type { Box } from "../state";
import { CANCELED, placeText } from "../texts";
import type { View } from "../view";

export type Edge = "move" | "e" | "s" | "se";

const THRESHOLD = 4;
const EDGE = 48;
const SPEED = 14;
/** A click that ends a drag is none. */
const AFTER_DRAG = 250;
let droppedAt = -Infinity;

export const isAfterDrag = (event: Event) => event.timeStamp - droppedAt < AFTER_DRAG;

/** Follow a pointer that was put on a tile until it is lifted. */
export function follow(down: PointerEvent, id: number, edge: Edge, view: View): void {
  const handle = down.currentTarget as HTMLElement;
  const board = handle.closest<HTMLElement>(".dw-canvas");
  const window = handle.ownerDocument.defaultView;
  const start = view.boxes.peek();
  const box = start.get(id);
  droppedAt = -Infinity;
  if (!board || !window || !box || down.button !== 0 || view.board.peek().denied) return;

  const ids = edge === "move" ? view.chosen(id) : [id];
  const elements = ids.flatMap((one) => [...board.querySelectorAll<HTMLElement>(`[data-dw-tile="${one}"]`)]);
  const from = pixels(view.grid.peek(), box);
  const { left: x0, top: y0 } = board.getBoundingClientRect();
  const scroller = scrollerOf(board);
  const over = new AbortController();
  const { signal } = over;
  let at = down;
  let frame = 0;
  let holds = false;
  let asked = "";
  let shown: unknown = null;
  let target: Element | null = null;

  const draw = () => {
    if (signal.aborted) return;
    frame = 0;
    if (scrollAtEdge(scroller, at.clientY)) frame = window.requestAnimationFrame(draw);
    const { left, top } = board.getBoundingClientRect();
    const dx = at.clientX - left - (down.clientX - x0);
    const dy = at.clientY - top - (down.clientY - y0);
    // Looked up before anything is moved, or it would lay out the page again.
    aim(edge === "move" && view.side.peek() === "targets" ? targetUnder(at) : null);
    elements.forEach((element) => shift(element, edge, dx, dy));
    if (!target) return place(dx, dy);
    asked = "";
    view.show(start);
  };

  /** Point out the dashboard it would go to. */
  function aim(next: Element | null): void {
    if (next === target) return;
    target?.removeAttribute("data-dw-over");
    next?.setAttribute("data-dw-over", "");
    target = next;
  }

  function place(dx: number, dy: number): void {
    const grid = view.grid.peek();
    const { w, h, x, y } = box as Box;
    if (edge === "move") {
      const cell = cellAt(grid, from.left + dx, from.top + dy);
      const column = Math.max(0, Math.min(cell.x, 12 - w));
      const row = Math.max(0, cell.y);
      if (isSettled(`${column} ${row}`)) return;
      // A drag goes on from where the tiles are by now, as PostHog's does; a group from its start.
      view.show(
        ids.length === 1
          ? moved(view.boxes.peek(), id, column, row)
          : movedTogether(start, ids, cell.x - x, cell.y - y),
      );
    } else {
      const size = sizeOf(grid, from.width + dx, from.height + dy);
      const wide = edge === "s" ? w : size.w;
      const high = edge === "e" ? h : size.h;
      if (isSettled(`${wide} ${high}`)) return;
      view.show(resized(view.boxes.peek(), id, wide, high, view.least(id)));
    }
  }

  /** Asking the same again of a layout that did not change gives the same. */
  function isSettled(now: string): boolean {
    const same = now === asked && shown === view.boxes.peek();
    asked = now;
    shown = view.boxes.peek();
    return same;
  }

  const end = (keep: boolean) => {
    if (signal.aborted) return;
    over.abort();
    window.cancelAnimationFrame(frame);
    elements.forEach((element) => shift(element, edge, 0, 0));
    const to = keep ? target : null;
    aim(null);
    if (!holds) return;
    view.drop(keep && !to);
    if (to) to.dispatchEvent(new CustomEvent("dw-drop", { detail: ids }));
    else view.note.value = keep ? tilePlace(view, id) : CANCELED;
  };

  handle.setPointerCapture(down.pointerId);
  handle.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      at = event;
      if (!holds) {
        if (Math.hypot(at.clientX - down.clientX, at.clientY - down.clientY) < THRESHOLD) return;
        if (view.hold.peek()) return end(false); // one at a time
        holds = true;
        view.hold.value = { ids, by: "pointer", start };
      }
      frame ||= window.requestAnimationFrame(draw);
    },
    { signal },
  );
  handle.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      at = event;
      window.cancelAnimationFrame(frame);
      if (holds) draw();
      end(true);
    },
    { signal },
  );
  const { ownerDocument: page } = handle;
  // Lifted, taken away by the browser, or its tile is gone: what it clicks now is no click.
  page.addEventListener("lostpointercapture", lost, { capture: true });
  function lost(event: PointerEvent): void {
    if (event.pointerId !== down.pointerId) return;
    page.removeEventListener("lostpointercapture", lost, { capture: true });
    end(false);
    if (holds) droppedAt = event.timeStamp;
  }
  page.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end(false);
    },
    { signal, capture: true },
  );
}

function shift(element: HTMLElement, edge: Edge, dx: number, dy: number): void {
  const { style } = element;
  style.setProperty("--dx", edge === "move" ? `${dx}px` : "0px");
  style.setProperty("--dy", edge === "move" ? `${dy}px` : "0px");
  style.setProperty("--dw", edge === "e" || edge === "se" ? `${dx}px` : "0px");
  style.setProperty("--dh", edge === "s" || edge === "se" ? `${dy}px` : "0px");
}

function targetUnder({ clientX, clientY, target }: PointerEvent): Element | null {
  const root = (target as Element).getRootNode() as Document | ShadowRoot;
  const under = root.elementsFromPoint(clientX, clientY);
  return under.map((one) => one.closest("[data-dw-target]")).find((one) => one !== null) ?? null;
}

function scrollerOf(element: HTMLElement): Element {
  for (let up = element.parentElement; up; up = up.parentElement) {
    const { overflowY } = getComputedStyle(up);
    if (/auto|scroll/.test(overflowY) && up.scrollHeight > up.clientHeight) return up;
  }
  return element.ownerDocument.documentElement;
}

/** Scroll on while the pointer is near an edge of what is seen; returns whether it did. */
function scrollAtEdge(scroller: Element, y: number): boolean {
  const { top, bottom } = scroller.getBoundingClientRect();
  const before = scroller.scrollTop;
  if (y < Math.max(top, 0) + EDGE) scroller.scrollTop -= SPEED;
  else if (y > Math.min(bottom, innerHeight) - EDGE) scroller.scrollTop += SPEED;
  return scroller.scrollTop !== before;
}

export function tilePlace(view: View, id: number): string {
  const box = view.boxes.peek().get(id);
  if (!box) return "";
  return `${view.title(id)}: ${placeText(box)}.`;
}
