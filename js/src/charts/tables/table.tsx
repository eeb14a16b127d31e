import { count, plural } from "../numbers/format";
import type { Rows } from "./rows";
import { written } from "../numbers/unit";
import { stringify } from "../numbers/whole";

const SHOWN = 100;
/** Whole events are cells too: what no one reads at a glance is in the title and the copy. */
const LONGEST = 200;

/** The first rows of a table, and how many there are beyond. */
export function Table({ rows: { columns, rows, more, ground } }: { rows: Rows }) {
  const hidden = rows.length - SHOWN;
  return (
    <div class="dw-table">
      <table>
        <thead>
          <tr>
            {columns.map(({ name, numeric }, index) => (
              <th key={index} scope="col" data-dw-numeric={numeric || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row, rank) => (
            <tr key={rank}>
              {columns.map(({ numeric, unit }, index) => (
                <td
                  key={index}
                  data-dw-numeric={numeric || undefined}
                  title={exact(row[index])}
                  style={{ "--ground": ground?.(row[index], index) }}
                >
                  {unit && typeof row[index] === "number" ? written(row[index], unit) : cell(row[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && <p>{plural(hidden, "more row")}: live.results has them all.</p>}
      {more && <p>The query's limit cut off this result.</p>}
    </div>
  );
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "bigint") return value.toLocaleString("en");
  if (typeof value === "number") return count(value);
  const whole = exact(value);
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

function exact(value: unknown): string {
  return typeof value === "object" ? stringify(value) : String(value);
}
