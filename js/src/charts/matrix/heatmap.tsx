import { useMemo } from "preact/hooks";
import { day, shortDay } from "../numbers/format";
import { between, nameOf, type Heat } from "./heat";
import { Matrix, type MatrixCell, type MatrixRow } from "./matrix";
import { extentOf } from "../series/series";
import { ticked, written, type Unit } from "../numbers/unit";

/** A value for each pair of names: the larger, the darker. */
export function HeatMap({ heat, unit }: { heat: Heat; unit: Unit }) {
  const { title, columns, cells, over, note } = heat;
  const rows = useMemo(() => linesOf(heat, unit), [heat, unit]);
  return (
    <>
      {note && <p class="dw-chart-note">{note}</p>}
      <Matrix
        label={`${heat.rows.length} rows and ${columns.length} columns, the larger the darker`}
        heads={[title]}
        columns={columns.map((name) => ({ name: day(name), short: shortDay(name) }))}
        rows={rows}
        {...(over && { tail: "All" })}
        isFitted
        isAxis={heat.kind !== "table"}
        tip={(row, column) => ({
          title: nameOf(heat, row, column),
          rows: [
            { name: "", value: written(cells[row]?.[column] ?? null, unit) },
            ...(over
              ? [
                  { name: `All ${heat.rows[row]}`, value: written(over.rows[row] ?? null, unit) },
                  {
                    name: `All ${columns[column]}:00`,
                    value: written(over.columns[column] ?? null, unit),
                  },
                ]
              : []),
          ],
        })}
      />
    </>
  );
}

function linesOf({ rows: names, cells, over, stops = [] }: Heat, unit: Unit): MatrixRow[] {
  const [low, high] = extentOf(cells);
  const floor = Math.min(0, low);
  const cell = (value: number | null): MatrixCell | null => {
    if (value === null) return null;
    const share = high > floor ? (value - floor) / (high - floor) : 0;
    const own = stops.length > 0 ? { ground: between(stops, value) } : {};
    return { text: ticked(value, unit), share, ...own };
  };
  const plain = (value: number | null): string => (value === null ? "" : ticked(value, unit));
  const rows: MatrixRow[] = names.map((name, rank) => ({
    head: [name],
    cells: (cells[rank] ?? []).map(cell),
    tail: plain(over?.rows[rank] ?? null),
  }));
  if (over)
    rows.push({
      head: ["All"],
      cells: over.columns.map((value) => ({ text: plain(value), share: -1 })),
      tail: plain(over.all),
      isSummary: true,
    });
  return rows;
}
