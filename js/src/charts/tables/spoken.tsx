import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { cellsOf } from "./cells";
import type { Drawing } from "../drawing";
import { plural } from "../numbers/format";

const SHOWN = 100;
const LATEST = 2000;
const DRAWN = new Set(["line", "columns", "slope", "boxes", "pie", "map", "paths"]);

/** The numbers of what is only drawn, as a table for screen readers. */
export function Spoken({ drawing }: { drawing: Drawing }) {
  const due = useSignal<Drawing | null>(null);
  useEffect(() => {
    // First what is seen: nobody waits for the rest.
    if (!DRAWN.has(drawing.kind)) return;
    const timeout = { timeout: LATEST };
    const waiting = globalThis.requestIdleCallback?.(() => (due.value = drawing), timeout);
    if (waiting === undefined) due.value = drawing; // Safari
    else return () => cancelIdleCallback(waiting);
  }, [drawing]);
  const spoken = due.value;
  return useMemo(() => (spoken ? tableOf(spoken) : null), [spoken]);
}

function tableOf(drawing: Drawing) {
  const cells = cellsOf(drawing, SHOWN);
  if (!cells) return null;
  const left = (cells.count ?? cells.rows.length) - SHOWN;
  return (
    <div class="dw-hidden">
      <table>
        <thead>
          <tr>
            {cells.columns.map((name, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.rows.slice(0, SHOWN).map((row, rank) => (
            <tr key={rank}>
              {row.map((value, index) => (
                <td key={index}>{value == null ? "none" : String(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p>{plural(left, "more row")}: live.results has them all.</p>}
    </div>
  );
}
