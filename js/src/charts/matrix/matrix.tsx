import { useSignal, useSignalEffect } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { useCursor } from "../interaction/cursor";
import { useFit } from "../interaction/room";
import { labelled } from "../plane/scale";
import { Tip, type TipRow } from "../interaction/tip";

/** A number on a ground that says how large it is, 0 to 1, or in a color of its own. */
export interface MatrixCell {
  text: string;
  share: number;
  ground?: string;
}

export interface MatrixRow {
  /** What stands before the cells: a name, and perhaps a number. */
  head: string[];
  cells: (MatrixCell | null)[];
  /** What stands behind them. */
  tail?: string;
  /** Sums up the others: the cursor does not stop here. */
  isSummary?: boolean;
}

interface MatrixProps {
  label: string;
  heads: string[];
  columns: { name: string; short: string }[];
  rows: MatrixRow[];
  tail?: string;
  /** All columns always fit; their numbers are written only when those do too. */
  isFitted?: boolean;
  /** Some names stand for those between them, as on an axis. */
  isAxis?: boolean;
  tip: (row: number, column: number) => { title: string; rows: TipRow[] };
}

const LETTER = 7;
const LONGEST_HEAD = 18;
const TAIL = 46;
/** Letters of a name that are enough to tell it by. */
const CUT = 4;

/** Rows and columns of colored numbers, with a cursor. */
export function Matrix(props: MatrixProps) {
  const { columns, rows, heads, tail, isFitted = false, isAxis = false, tip } = props;
  const chart = useRef<HTMLDivElement>(null);
  const marked = rows.filter(({ isSummary }) => !isSummary).length;
  const at = useCursor(chart, marked * columns.length, columns.length);
  const cell = useSignal<{ left: number; style: Record<string, string> } | null>(null);
  const pointed = useRef<number | null>(null);
  useSignalEffect(() => {
    const found = chart.current?.querySelector<HTMLElement>(`[data-cell="${at.value}"]`);
    // Under the mouse a cell stays where it is; keys may lead to one that is out of sight.
    if (at.value !== pointed.current) {
      pointed.current = null;
      found?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    cell.value = found && chart.current ? placed(found, chart.current) : null;
  });
  const longest = useMemo(() => {
    const cells = rows.flatMap((row) => row.cells.map((one) => one?.text ?? ""));
    return {
      cell: letters(cells),
      name: letters(columns.map(({ short }) => short), isAxis ? Infinity : CUT) + LETTER,
      head: letters([...heads, ...rows.map(({ head: [name = ""] }) => name)], LONGEST_HEAD) + 2 * LETTER,
    };
  }, [rows]);
  const fit = (width: number) => {
    const room = width - longest.head - (tail ? TAIL : 0);
    return {
      isTight: Number(room / columns.length < longest.cell),
      names: Math.floor(room / longest.name),
    };
  };
  const room = useFit(chart, fit, longest.cell + longest.name + longest.head + columns.length);
  const table = useMemo(() => <Cells {...props} names={room.names} />, [rows, room.names]);
  const point = ({ target }: PointerEvent) => {
    const { cell: index } = (target as HTMLElement).dataset;
    at.value = pointed.current = index === undefined ? null : Number(index);
  };
  const { length } = columns;
  const said = at.value === null ? null : tip(Math.floor(at.value / length), at.value % length);
  return (
    <div class="dw-matrix" ref={chart} onPointerLeave={() => (at.value = null)}>
      <div
        class="dw-matrix-area"
        data-dw-fitted={isFitted || undefined}
        data-dw-tight={(isFitted && room.isTight === 1) || undefined}
        style={{ "--head": `${longest.head}px` }}
        onPointerOver={point}
      >
        {table}
        {cell.value && <div class="dw-matrix-at" style={cell.value.style} />}
      </div>
      {said && cell.value && <Tip {...said} left={cell.value.left} />}
    </div>
  );
}

function Cells({ label, heads, columns, rows, tail, isFitted, names }: MatrixProps & { names: number }) {
  const { length } = columns;
  const some = labelled(length, names);
  // A name needs the room of those that it stands for, also at the end.
  const fitting = some.length < length ? some.filter((at) => length - at >= length / names) : some;
  const named = new Set<number>(isFitted ? fitting : columns.keys());
  let marked = 0;
  return (
    <table aria-label={label}>
      <thead data-dw-sparse={named.size < columns.length || undefined}>
        <tr>
          {heads.map((name, rank) => (
            <th key={name} scope="col" class={rank > 0 ? "dw-matrix-lead" : undefined}>
              {name}
            </th>
          ))}
          {columns.map(({ name, short }, column) => (
            <th key={column} scope="col" title={name} aria-label={name}>
              {named.has(column) && <span>{short}</span>}
            </th>
          ))}
          {tail && (
            <th scope="col" class="dw-matrix-tail">
              {tail}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ head: [name, ...more], cells, tail: last, isSummary }, rank) => {
          const from = isSummary ? null : columns.length * marked++;
          return (
            <tr key={rank} class={isSummary ? "dw-matrix-summary" : undefined}>
              <th scope="row" title={name}>
                {name}
              </th>
              {more.map((one, index) => (
                <td key={`more ${index}`} class="dw-matrix-lead">
                  {one}
                </td>
              ))}
              {cells.map((one, column) => (
                <td
                  key={column}
                  data-cell={from === null ? undefined : from + column}
                  class={one && one.share >= 0 ? "dw-matrix-cell" : undefined}
                  style={one ? ground(one) : undefined}
                >
                  {one?.text}
                </td>
              ))}
              {tail && <td>{last}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Pixels for the longest of some words, about. */
function letters(words: string[], most = Infinity): number {
  return Math.min(most, Math.max(...words.map(({ length }) => length))) * LETTER;
}

function ground({ share, ground: own }: MatrixCell) {
  const part = `${Math.round(Math.min(1, share) * 100)}%`;
  return own ? { "--heat": own } : { "--share": part };
}

/** Where a cell is: in the scrolled area for its frame, in the seen part for the tip. */
function placed(cell: HTMLElement, chart: HTMLElement) {
  const { left, width } = cell.getBoundingClientRect();
  const seen = chart.getBoundingClientRect();
  const pixels = {
    left: cell.offsetLeft,
    top: cell.offsetTop,
    width: cell.offsetWidth,
    height: cell.offsetHeight,
  };
  return {
    left: (left + width / 2 - seen.left) / seen.width,
    style: Object.fromEntries(Object.entries(pixels).map(([name, value]) => [name, `${value}px`])),
  };
}
