import { object, text, type Json } from "../charts/json";
import type { TileState } from "./state";

/** Why a tile shows no result: what happened, in the server's words, and what to do. */
export interface Trouble {
  sentence: string;
  advice: string;
}

const QUERY = "Correct its query in PostHog, then press Again.";
const AGAIN = "Press Again to ask once more.";

/** The tile has no answer, and the server said why. */
export function failureOf({ error, tile }: TileState): Trouble | null {
  const status = object(object(tile?.["insight"])["query_status"]);
  const said =
    error ||
    text(object(tile?.["error"])["message"]) ||
    (status["error"] === true ? text(status["error_message"]) || "The query failed." : "");
  if (!said) return null;
  const detail = firstDetail(said);
  return { sentence: detail ?? said, advice: detail === null ? AGAIN : QUERY };
}

/** Nothing failed, and still there is no result. */
export function absenceOf(insight: Json, truncated: boolean): Trouble | null {
  if (truncated) return { sentence: "Result too large to save.", advice: "Run the cell again." };
  if (insight["user_access_level"] === "none" || !("result" in insight)) {
    return { sentence: "You may not view this insight.", advice: "Ask its owner for access." };
  }
  if (insight["result"] !== null) return null;
  const status = object(insight["query_status"]);
  if (status["complete"] === false) return { sentence: "Still being computed.", advice: AGAIN };
  return { sentence: "Not computed yet.", advice: 'Watch with refresh="blocking".' };
}

/** `[ErrorDetail(string='Unknown table `foo`.', code='unknown_table')]` -> what is quoted first. */
function firstDetail(said: string): string | null {
  const [, , quoted] = /ErrorDetail\(string=(['"])((?:\\.|(?!\1).)*)\1/s.exec(said) ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? null;
}
