import { cellsOf } from "../../charts/tables/cells";
import type { Outside } from "../../charts/settings/insight_parts";
import { COPY } from "../texts";
import { contentOf, titleOf } from "./content";
import { csv } from "./csv";
import { drawn } from "./drawn";
import { absenceOf, failureOf } from "./trouble";
import type { Entry } from "./tiles";

/** Copy what a tile shows; returns the sentence that says how it went. */
export async function copyTile(
  entry: Entry,
  clipboard: Clipboard | undefined,
  outside: Outside,
): Promise<string> {
  const state = entry.state.peek();
  const content = state?.tile ? contentOf(state.tile) : null;
  if (!state || content?.kind !== "insight" || failureOf(state)) return COPY.nothing;
  if (absenceOf(content.insight, state.truncated)) return COPY.nothing;
  const cells = cellsOf(drawn(content.insight, [], outside));
  if (!cells) return COPY.notDrawn;
  try {
    if (!clipboard) throw new Error("no clipboard outside a secure page");
    await clipboard.writeText(csv(cells));
    return COPY.done(cells.rows.length, titleOf(entry));
  } catch {
    return COPY.refused;
  }
}
