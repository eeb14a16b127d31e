import { cellsOf } from "../../charts/tables/cells";
import { plural } from "../../charts/numbers/format";
import type { Outside } from "../../charts/settings/given";
import { contentOf, titleOf } from "./content";
import { csv } from "./csv";
import { drawn } from "./drawn";
import { absenceOf, failureOf } from "./trouble";
import type { Entry } from "./tiles";

/** Copy what a tile shows; gives the sentence that says how it went. */
export async function copyTile(
  entry: Entry,
  clipboard: Clipboard | undefined,
  outside: Outside,
): Promise<string> {
  const state = entry.state.peek();
  const content = state?.tile ? contentOf(state.tile) : null;
  if (!state || content?.kind !== "insight" || failureOf(state)) return "Nothing to copy here.";
  if (absenceOf(content.insight, state.truncated)) return "Nothing to copy here.";
  const cells = cellsOf(drawn(content.insight, [], outside));
  if (!cells) return "Not drawn yet, so not copied: live.results has it.";
  try {
    if (!clipboard) throw new Error("no clipboard outside a secure page");
    await clipboard.writeText(csv(cells));
    return `Copied ${plural(cells.rows.length, "row")} of ${titleOf(entry)}.`;
  } catch {
    return "The browser refused the clipboard: take the numbers from live.results.";
  }
}
