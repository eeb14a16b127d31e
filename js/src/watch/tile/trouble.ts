import { object, text, type Json } from "../../charts/json";
import type { TileState } from "../state";
import { TROUBLE } from "../texts";

/** Why a tile shows no result: what happened, in the server's words, and what to do. */
export interface Trouble {
  sentence: string;
  advice: string;
  /** Asking for this tile once more may help. */
  isRetried: boolean;
}

/** The tile has no answer, and the server said why. */
export function failureOf({ error, tile }: TileState): Trouble | null {
  const status = object(object(tile?.["insight"])["query_status"]);
  const said =
    error ||
    text(object(tile?.["error"])["message"]) ||
    (status["error"] === true ? text(status["error_message"]) || TROUBLE.failed : "");
  if (!said) return null;
  const detail = firstDetail(said);
  return { sentence: detail ?? said, advice: isQuery(said) ? TROUBLE.correct : TROUBLE.passing, isRetried: true };
}

/** Nothing failed, and still there is no result. */
export function absenceOf(insight: Json, truncated: boolean): Trouble | null {
  if (truncated) return trouble(TROUBLE.large, false);
  if (insight["user_access_level"] === "none" || !("result" in insight)) {
    return trouble(TROUBLE.denied, false);
  }
  if (insight["result"] !== null) return null;
  const status = object(insight["query_status"]);
  return trouble(status["complete"] === false ? TROUBLE.computing : TROUBLE.notComputed, true);
}

function trouble([sentence, advice]: [string, string], isRetried: boolean): Trouble {
  return { sentence, advice, isRetried };
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
