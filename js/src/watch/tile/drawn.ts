import { drawingOf, type Drawing } from "../../charts/drawing";
import type { Json } from "../../charts/json";
import { furnished } from "../../charts/settings/furnish";
import type { Outside } from "../../charts/settings/given";

/** What a tile shows of its insight, settings included; `colors` are the board's own. */
export function drawn(insight: Json, colors: unknown, outside: Outside): Drawing {
  return furnished(drawingOf(insight, colors), insight, outside);
}
