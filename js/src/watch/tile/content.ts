import { object, text, type Json } from "../../charts/json";
import { TILE } from "../texts";
import type { Entry } from "./tiles";

/** What a tile holds (contract 7.4), read from its JSON. */
export type Content =
  | { kind: "insight"; insight: Json }
  | { kind: "text"; body: string }
  | { kind: "button"; label: string; url: string }
  | { kind: "widget"; type: string }
  | { kind: "unknown" };

export function contentOf(tile: Json): Content {
  if (tile["insight"]) return { kind: "insight", insight: object(tile["insight"]) };
  if (tile["text"]) return { kind: "text", body: text(object(tile["text"])["body"]) };
  if (tile["button_tile"]) {
    const button = object(tile["button_tile"]);
    return { kind: "button", label: text(button["text"]), url: text(button["url"]) };
  }
  if (tile["widget"]) return { kind: "widget", type: text(object(tile["widget"])["widget_type"]) };
  return { kind: "unknown" };
}

/** The name a person would call a tile by; text tiles have none. */
export function nameOf({ known, state }: Entry): string {
  const tile = state.value?.tile;
  const named = object(tile?.["insight"] ?? tile?.["widget"]);
  return (
    text(named["name"]) ||
    text(named["derived_name"]) ||
    text(object(tile?.["button_tile"])["text"]) ||
    known.value?.name ||
    ""
  );
}

export function titleOf(entry: Entry): string {
  return nameOf(entry) || (kindOf(entry) === "text" ? TILE.text : TILE.untitled);
}

/** Texts and buttons say themselves what they are. */
export function hasHead(entry: Entry): boolean {
  return !["text", "button"].includes(kindOf(entry));
}

function kindOf({ known, state }: Entry): string {
  const tile = state.value?.tile;
  return tile ? contentOf(tile).kind : (known.value?.kind ?? "");
}
