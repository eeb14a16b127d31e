import { array, text, type Json } from "./json";

export interface Column {
  name: string;
  numeric: boolean;
}

/** Rows under named columns (contract 13.8, 13.9). */
export interface Rows {
  columns: Column[];
  rows: unknown[][];
  /** The query's own limit cut the result. */
  more: boolean;
}

export function rowsOf(insight: Json): Rows {
  const rows = array(insight["result"]).map(array);
  const types = array(insight["types"]).map((type) => text(Array.isArray(type) ? type[1] : type));
  const columns = array(insight["columns"]).map((name, index) => ({
    name: String(name),
    numeric: isNumeric(types[index], rows, index),
  }));
  return { columns, rows, more: insight["hasMore"] === true };
}

function isNumeric(type: string | undefined, rows: unknown[][], index: number): boolean {
  if (type) return /^(Nullable\()?(U?Int|Float|Decimal)/.test(type);
  const cells = rows.map((row) => row[index]).filter((cell) => cell != null);
  return cells.length > 0 && cells.every((cell) => typeof cell === "number");
}
