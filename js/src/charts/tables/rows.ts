import { array, object, text, type Json } from "../json";
import type { Unit } from "../numbers/unit";

export interface Column {
  name: string;
  numeric: boolean;
  /** How its numbers are written. */
  unit?: Unit;
}

/** Rows under named columns (contract 13.8, 13.9). */
export interface Rows {
  columns: Column[];
  rows: unknown[][];
  /** The query's own limit cut the result. */
  more: boolean;
  /** The ground of a cell, as CSS, where a rule gives it one. */
  ground?: (value: unknown, column: number) => string | undefined;
}

export function rowsOf(insight: Json): Rows {
  const isWebStats = object(object(insight["query"])["source"])["kind"] === "WebStatsTableQuery";
  const { names, rows, types } = isWebStats ? periodsOf(insight) : plainOf(insight);
  const columns = names.map((name, index) => ({
    name,
    numeric: isNumeric(types[index], rows, index),
  }));
  return { columns, rows, more: insight["hasMore"] === true };
}

interface Plain {
  names: string[];
  rows: unknown[][];
  types: string[];
}

function plainOf(insight: Json): Plain {
  return {
    names: array(insight["columns"]).map(String),
    rows: array(insight["result"]).map(array),
    types: array(insight["types"]).map((type) => text(Array.isArray(type) ? type[1] : type)),
  };
}

/** Web statistics hold the current and the previous value in one cell: a column each. */
function periodsOf(insight: Json): Plain {
  const { names, rows } = plainOf(insight);
  const isPair = (cell: unknown) => Array.isArray(cell) && cell.length === 2;
  const paired = names.map((_, index) => {
    const cells = rows.map((row) => row[index]).filter((cell) => cell != null);
    return cells.length > 0 && cells.every(isPair);
  });
  return {
    names: names.flatMap((name, index) => {
      const short = name.replace(/^context\.columns\./, "");
      return paired[index] ? [short, `${short} previous`] : [short];
    }),
    rows: rows.map((row) =>
      row.flatMap((cell, index) => {
        if (!paired[index]) return [cell];
        const [now = null, before = null] = array(cell);
        return [now, before];
      }),
    ),
    types: [],
  };
}

function isNumeric(type: string | undefined, rows: unknown[][], index: number): boolean {
  if (type) return /^(Nullable\()?(U?Int|Float|Decimal)/.test(type);
  const cells = rows.map((row) => row[index]).filter((cell) => cell != null);
  return cells.length > 0 && cells.every((cell) => ["number", "bigint"].includes(typeof cell));
}
