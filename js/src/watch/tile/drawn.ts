import { drawingOf, type Drawing } from "../../charts/drawing";
import type { Json } from "../../charts/json";
import { applySettings } from "../../charts/settings/apply";
import type { Outside } from "../../charts/settings/insight_parts";

/** What a tile shows of its insight, settings included; `colors` are the board's own. */
export function drawn(insight: Json, colors: unknown, outside: Outside): Drawing {
  return applySettings(drawingOf(insight, colors), insight, outside);
}
