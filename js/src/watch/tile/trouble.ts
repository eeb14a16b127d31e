import { object, text, type Json } from "../../charts/json";
import type { TileState } from "../state";

/** Why a tile shows no result: what happened, in the server's words, and what to do. */
export interface Trouble {
  sentence: string;
  advice: string;
  /** Asking for this tile once more may help. */
  isRetried: boolean;
}

const QUERY = "Correct its query in PostHog, then retry.";
const AGAIN = "It may have been a passing trouble.";

/** The tile has no answer, and the server said why. */
export function failureOf({ error, tile }: TileState): Trouble | null {
  const status = object(object(tile?.["insight"])["query_status"]);
  const said =
    error ||
    text(object(tile?.["error"])["message"]) ||
    (status["error"] === true ? text(status["error_message"]) || "The query failed." : "");
  if (!said) return null;
  const detail = firstDetail(said);
  return { sentence: detail ?? said, advice: isQuery(said) ? QUERY : AGAIN, isRetried: true };
}

/** Nothing failed, and still there is no result. */
export function absenceOf(insight: Json, truncated: boolean): Trouble | null {
  if (truncated) {
    const advice = "Run the cell again.";
    return { sentence: "Result too large to save.", advice, isRetried: false };
  }
  if (insight["user_access_level"] === "none" || !("result" in insight)) {
    const advice = "Ask its owner for access.";
    return { sentence: "You may not view this insight.", advice, isRetried: false };
  }
  if (insight["result"] !== null) return null;
  const status = object(insight["query_status"]);
  if (status["complete"] === false) {
    return { sentence: "Still being computed.", advice: "Retry in a moment.", isRetried: true };
  }
  const advice = 'Retry computes it; so does refresh="blocking".';
  return { sentence: "Not computed yet.", advice, isRetried: true };
}

/** The query itself is at fault, not the moment. */
function isQuery(said: string): boolean {
  return /^(unknown|no such|unable to resolve|syntax error)/i.test(firstDetail(said) ?? said);
}

/** `[ErrorDetail(string='Unknown table `foo`.', code='unknown_table')]` -> what is quoted first. */
function firstDetail(said: string): string | null {
  const [, , quoted] = /ErrorDetail\(string=(['"])((?:\\.|(?!\1).)*)\1/s.exec(said) ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? null;
}
