import { drawingOf, type Drawing } from "../charts/drawing";
import { plural } from "../charts/format";
import type { Json } from "../charts/json";
import { hiddenOf } from "../charts/legend";
import { SIDE } from "../charts/outline";
import type { Parts } from "../charts/parts";
import type { PlaneProps } from "../charts/plane";
import { scaleOf } from "../charts/scale";
import { Shape } from "../charts/shape";
import { Toggles } from "../charts/toggles";

const ROWS = 12;
const MARKS = 2;

/** A cached result, small: enough to know a tile by, without axes to read. */
export function Picture({ insight, colors }: { insight: Json; colors: unknown }) {
  const drawing = short(drawingOf(insight, colors));
  return (
    <Toggles hidden={hiddenOf(drawing)}>
      <Shape drawing={drawing} parts={SMALL} />
    </Toggles>
  );
}

const SMALL: Parts = {
  Plane: BarePlane,
  // Ribbons and the shapes of all countries are too much for a small picture.
  Paths: ({ links }) => <p class="dw-note">Paths: {plural(links.length, "link")}.</p>,
  WorldMap: ({ places }) => <p class="dw-note">A map: {plural(places.length, "place")}.</p>,
};

function short(drawing: Drawing): Drawing {
  if (drawing.kind !== "table") return drawing;
  return { ...drawing, rows: { ...drawing.rows, rows: drawing.rows.rows.slice(0, ROWS) } };
}

/** What is drawn between the axes, and a few lines behind it. */
function BarePlane({ trend, extents, children }: PlaneProps) {
  const [first = [0, 0], second = [0, 0]] = extents;
  const scale = scaleOf(...first, MARKS, trend.log);
  const right = trend.right && scaleOf(...second, MARKS, trend.right.log);
  return (
    <svg class="dw-bare-plane" viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none">
      {scale.marks.map((mark) => (
        <path key={mark} class="dw-bare-mark" d={`M0,${SIDE * (1 - scale.place(mark))}h${SIDE}`} />
      ))}
      {children((side) => (side.right && right) || scale)}
    </svg>
  );
}
