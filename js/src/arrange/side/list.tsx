import { useSignal } from "@preact/signals";
import { readingOrder } from "../board/moves";
import { CANCELED, KEYBOARD, LIST, sizeText } from "../texts";
import type { View } from "../view";

interface Held {
  id: number;
  by: "pointer" | "keys";
}

/** The tiles as rows: their order is the order they are packed in. */
export function List({ view }: { view: View }) {
  const now = readingOrder(view.boxes.value);
  const order = useSignal<number[] | null>(null);
  const held = useSignal<Held | null>(null);
  const rows = order.value ?? now;

  const put = (id: number, at: number) => {
    const rest = rows.filter((one) => one !== id);
    const to = Math.max(0, Math.min(rest.length, at));
    order.value = [...rest.slice(0, to), id, ...rest.slice(to)];
    view.note.value = KEYBOARD.rank(view.title(id), to + 1, rows.length);
  };
  const drop = async (keep: boolean) => {
    const wanted = order.value;
    held.value = null;
    if (keep && wanted && wanted.some((id, at) => id !== now[at])) {
      await view.perform("order", { tiles: wanted }, LIST.packed);
    } else view.note.value = keep ? "" : CANCELED;
    order.value = null;
  };

  const press = (event: KeyboardEvent, id: number, at: number) => {
    const isHeld = held.value?.id === id;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      if (isHeld) void drop(true);
      else {
        held.value = { id, by: "keys" };
        view.note.value = KEYBOARD.pickedUpRow(view.title(id));
      }
    } else if (event.key === "Escape" && isHeld) void drop(false);
    else if (step && isHeld) put(id, at + step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const follow = (down: PointerEvent, id: number) => {
    const handle = down.currentTarget as HTMLElement;
    const list = handle.closest("ol");
    if (!list || down.button !== 0 || view.board.peek().denied) return;
    handle.setPointerCapture(down.pointerId);
    held.value = { id, by: "pointer" };
    const over = new AbortController();
    const { signal } = over;
    handle.addEventListener(
      "pointermove",
      ({ clientY }) => {
        const others = [...list.children].filter((row) => !row.hasAttribute("data-dw-held"));
        const above = others.filter((row) => {
          const { top, height } = row.getBoundingClientRect();
          return top + height / 2 < clientY;
        });
        if (rowsNow(list).indexOf(id) !== above.length) put(id, above.length);
      },
      { signal },
    );
    const end = (keep: boolean) => {
      over.abort();
      void drop(keep);
    };
    handle.addEventListener("pointerup", () => end(true), { signal });
    handle.addEventListener("lostpointercapture", () => end(false), { signal });
  };

  return (
    <div class="dw-ground">
      <ol class="dw-rows" aria-label={LIST.label}>
        {rows.map((id, at) => (
          <li key={id} data-dw-row={id} data-dw-held={held.value?.id === id || undefined}>
            <button
              type="button"
              class="dw-grip"
              aria-label={LIST.row(view.title(id), at + 1, rows.length)}
              aria-pressed={held.value?.id === id}
              disabled={view.board.value.denied !== ""}
              onKeyDown={(event) => press(event, id, at)}
              onPointerDown={(event) => follow(event, id)}
            >
              <span aria-hidden="true">⠿</span>
            </button>
            <span class="dw-rank">{at + 1}</span>
            <b class="dw-name">{view.title(id)}</b>
            <span class="dw-kind">{view.fact(id)?.kind ?? "text"}</span>
            <span class="dw-push dw-kind">{sizeOf(view, id)}</span>
          </li>
        ))}
      </ol>
      <p class="dw-advice">{LIST.advice}</p>
    </div>
  );
}

const rowsNow = (list: Element) =>
  [...list.children].map((row) => Number(row.getAttribute("data-dw-row")));

function sizeOf(view: View, id: number): string {
  const box = view.boxes.value.get(id);
  return box ? sizeText(box) : "";
}
