import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Boundary } from "../../charts/boundary";
import { Markdown } from "../../charts/text/markdown";
import { pixels } from "./geometry";
import { follow, isAfterDrag, type Edge } from "./gestures";
import { pressTile, toggle } from "../keyboard";
import { Picture } from "./picture";
import { sizeText, tileLabel } from "../texts";
import type { View } from "../view";

const EDGES: readonly Edge[] = ["e", "s", "se"];

export function Tile({ id, view }: { id: number; view: View }) {
  // What is held follows the pointer from where it was; the others go where they will be.
  const box = useComputed(() => {
    const held = view.hold.value;
    const isHeld = held?.by === "pointer" && held.ids.includes(id);
    return (isHeld ? held.start : view.boxes.value).get(id);
  });
  const holding = useComputed(() => {
    const held = view.hold.value;
    return held?.ids.includes(id) ? held.by : undefined;
  });
  const isSelected = useComputed(() => view.selected.value.has(id));
  const tile = view.tile(id);
  if (!box.value || !tile) return null;
  const { left, top, width, height } = pixels(view.grid.value, box.value);
  const title = view.title(id);
  const kind = view.fact(id)?.kind ?? "text";
  const refused = view.refused.value[String(id)];
  return (
    <div
      role="group"
      class="dw-tile"
      tabIndex={0}
      aria-roledescription="tile"
      aria-label={tileLabel(title, kind, box.value, isSelected.value)}
      data-dw-tile={id}
      data-dw-held={holding.value}
      data-dw-selected={isSelected.value || undefined}
      data-dw-color={tile.color || undefined}
      data-dw-bare={tile.transparent_background === true || undefined}
      style={{
        "--left": `${left}px`,
        "--top": `${top}px`,
        "--width": `${width}px`,
        "--height": `${height}px`,
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || !pressTile(event, id, view)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={() => view.hold.peek()?.by === "keys" && view.drop(true)}
    >
      <div
        class="dw-tile-head"
        onPointerDown={(event) => follow(event, id, "move", view)}
        onClick={(event) => click(event, id, view)}
        onDblClick={() => {
          view.selected.value = new Set([id]);
          view.side.value = "tile";
        }}
      >
        <b class="dw-name">{title}</b>
        {kind !== "insight" && <span class="dw-kind">{kind}</span>}
        {holding.value && <Size id={id} view={view} />}
      </div>
      {refused && <p class="dw-refused">{refused}</p>}
      <Inside id={id} body={tile.body} view={view} />
      {!view.board.value.denied &&
        EDGES.map((edge) => (
          <div
            key={edge}
            class="dw-edge"
            data-dw-edge={edge}
            onPointerDown={(event) => follow(event, id, edge, view)}
          />
        ))}
    </div>
  );
}

/** A click selects; with Shift or Ctrl it adds. */
function click(event: MouseEvent, id: number, view: View): void {
  if (isAfterDrag(event)) return;
  (event.currentTarget as HTMLElement).closest<HTMLElement>(".dw-tile")?.focus();
  if (event.shiftKey || event.ctrlKey || event.metaKey) return toggle(view, id);
  const only = view.selected.value.has(id) && view.selected.value.size === 1;
  view.selected.value = new Set(only ? [] : [id]);
}

function Size({ id, view }: { id: number; view: View }) {
  const box = view.boxes.value.get(id);
  return box ? <span class="dw-size">{sizeText(box)}</span> : null;
}

/** What a tile shows, small; drawn once, whatever is dragged. */
export function Inside({ id, body, view }: { id: number; body: string | null; view: View }) {
  const fact = view.fact(id);
  const colors = view.board.value.breakdown_colors;
  return useMemo(() => {
    if (body !== null) {
      // Its first line is the title above.
      const rest = body.trim().split("\n").slice(1).join("\n");
      return <div class="dw-picture"><Markdown body={rest} /></div>;
    }
    if (!fact?.insight) return <p class="dw-note">{fact?.note}</p>;
    return (
      <div class="dw-picture" aria-hidden="true" tabIndex={-1} {...{ inert: true }}>
        <Boundary of={fact.insight}>
          <Picture insight={fact.insight} colors={colors} />
        </Boundary>
      </div>
    );
  }, [JSON.stringify([fact?.insight ?? fact?.note, colors]), body]);
}
