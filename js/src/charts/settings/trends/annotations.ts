import { array, number, object, text, type Json } from "../../json";
import { inZone } from "../../numbers/zone";
import { momentOf } from "../moment";

/** What somebody wrote at a moment, and the interval that this moment is in. */
export interface Annotation {
  index: number;
  text: string;
}

/** Those of a project that belong to this insight, each in the interval it was made for.
 *
 * `given` are entries of `{date_marker, content, scope, dashboard_item, dashboard_id}`. */
export function annotationsOf(
  given: unknown,
  days: readonly string[],
  insight: Json,
  board: number | null,
): Annotation[] {
  const about = array(given).map(object).filter((one) => isAbout(one, insight, board));
  if (about.length === 0) return []; // there may be very many days to read
  const starts = days.map(momentOf);
  const last = starts.at(-1) ?? NaN;
  const step = last - (starts.at(-2) ?? NaN) || 86_400_000;
  return about.flatMap((one) => {
    const moment = momentOf(inZone(text(one["date_marker"]), text(insight["timezone"])));
    const index = starts.filter((start) => start <= moment).length - 1;
    if (index < 0 || moment >= last + step) return [];
    const content = text(one["content"]).trim();
    return content ? [{ index, text: content }] : [];
  });
}

function isAbout(one: Json, insight: Json, board: number | null): boolean {
  switch (one["scope"]) {
    case "dashboard_item":
      return number(one["dashboard_item"]) === number(insight["id"]);
    case "dashboard":
      return board !== null && number(one["dashboard_id"]) === board;
    default:
      return true;
  }
}

export function textsAt(annotations: readonly Annotation[], index: number): string[] {
  return annotations.filter((one) => one.index === index).map(({ text }) => text);
}
