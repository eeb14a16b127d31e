import type { Cells } from "../../charts/tables/cells";
import { stringify } from "../../charts/numbers/whole";

/** Text for a clipboard: quoted where needed, and nothing a spreadsheet would run. */
export function csv({ columns, rows }: Cells): string {
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (["number", "boolean", "bigint"].includes(typeof value)) return String(value);
  const written = typeof value === "object" ? stringify(value) : String(value);
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(written) ? `'${written}` : written;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
