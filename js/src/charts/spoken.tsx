import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { cellsOf } from "./cells";
import type { Drawing } from "./drawing";
import { plural } from "./format";

const SHOWN = 100;
const DRAWN = new Set(["line", "columns", "pie", "map", "paths"]);

/** The numbers of what is only drawn, as a table for screen readers. */
export function Spoken({ drawing }: { drawing: Drawing }) {
  const isDue = useSignal(false);
  useEffect(() => {
    // Nobody waits for it: first what is seen.
    const window = globalThis.window;
    if (!window.requestIdleCallback) return void (isDue.value = true);
    const due = window.requestIdleCallback(() => (isDue.value = true), { timeout: 2000 });
    return () => window.cancelIdleCallback(due);
  }, []);
  if (!isDue.value || !DRAWN.has(drawing.kind)) return null;
  const cells = cellsOf(drawing);
  if (!cells) return null;
  const left = cells.rows.length - SHOWN;
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
