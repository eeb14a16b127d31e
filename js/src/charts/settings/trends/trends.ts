import type { Drawing } from "../../drawing";
import type { Trend } from "../../series/series";

/** The same drawing over a changed axis of time; what has none stays as it is. */
export function overTime(drawing: Drawing, change: (trend: Trend) => Trend): Drawing {
  switch (drawing.kind) {
    case "line":
    case "columns":
      return { ...drawing, trend: change(drawing.trend) };
    case "number":
      return drawing.line ? { ...drawing, line: change(drawing.line) } : drawing;
    default:
      return drawing;
  }
}
