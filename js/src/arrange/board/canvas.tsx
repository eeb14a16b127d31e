import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { heightOf, pixels } from "./geometry";
import { readingOrder } from "./moves";
import { NO_TILES } from "../texts";
import { Tile } from "./tile";
import type { View } from "../view";

/** The board at 12 columns. */
export function Canvas({ view }: { view: View }) {
  const canvas = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const measure = () => (view.width.value = current.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [view]);
  // Who comes for a tile finds it in sight, and under the keys.
  useEffect(() => {
    const [id] = view.selected_ids.peek();
    const found = canvas.current?.querySelector<HTMLElement>(`[data-dw-tile="${id}"]`);
    if (!found) return;
    found.scrollIntoView({ block: "nearest" });
    found.focus({ preventScroll: true });
  }, [view, view.width.value > 0]);
  // Not drawn but set: whatever the height becomes, no tile is drawn again for it.
  useSignalEffect(() => {
    const height = heightOf(view.grid.value, view.boxes.value.values());
    canvas.current?.style.setProperty("height", `${height}px`);
  });
  return (
    <div class="dw-ground">
      <div class="dw-canvas" data-dw-locked={view.board.value.denied !== "" || undefined} ref={canvas}>
        {view.width.value > 0 && <Tiles view={view} />}
        <Shadows view={view} />
      </div>
    </div>
  );
}

/** In reading order of the draft, for whoever goes from tile to tile by key. */
function Tiles({ view }: { view: View }) {
  const { value } = view.draft;
  const boxes = new Map(value.filter(({ to }) => to === null).map(({ id, box }) => [id, box]));
  return (
    <>
      {readingOrder(boxes).map((id) => (
        <Tile key={id} id={id} view={view} />
      ))}
      {value.length === 0 && <p class="dw-empty">{NO_TILES}</p>}
    </>
  );
}

/** Where what is held would land. */
function Shadows({ view }: { view: View }) {
  const held = view.hold.value;
  if (held?.by !== "pointer") return null;
  return (
    <>
      {held.ids.map((id) => {
        const box = view.boxes.value.get(id);
        if (!box) return null;
        const { left, top, width, height } = pixels(view.grid.value, box);
        const style = {
          transform: `translate(${left}px, ${top}px)`,
          width: `${width}px`,
          height: `${height}px`,
        };
        return <div key={id} class="dw-shadow" style={style} />;
      })}
    </>
  );
}
