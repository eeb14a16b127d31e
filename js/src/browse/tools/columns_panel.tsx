import { COLUMNS, moved, type Column } from "../table/columns";
import { COLUMNS_PANEL } from "../texts";
import type { View } from "../view";

export function ColumnsPanel({ view }: { view: View }) {
  const shown = view.traits.shown.value;
  const evaluated = view.traits.report.value !== null;
  const known = COLUMNS.filter(({ name }) => evaluated || name !== "findings");
  const named = (name: string) => known.find((column) => column.name === name);
  const on = shown.flatMap((name) => named(name) ?? []);
  const off = known.filter(({ name }) => !shown.includes(name));
  return (
    <div class="dw-panel dw-columns-panel">
      <ol aria-label={COLUMNS_PANEL.shown}>
        {on.map((column, at) => (
          <li key={column.name}>
            <Choice view={view} column={column} shown={shown} />
            <Mover view={view} column={column} to={at - 1} sign="↑" where="earlier" />
            <Mover view={view} column={column} to={at + 1} sign="↓" where="later" />
          </li>
        ))}
      </ol>
      <ul aria-label={COLUMNS_PANEL.hidden}>
        {off.map((column) => (
          <li key={column.name}>
            <Choice view={view} column={column} shown={shown} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Choice(props: { view: View; column: Column; shown: readonly string[] }) {
  const { view, column, shown } = props;
  const isShown = shown.includes(column.name);
  return (
    <label>
      <input
        type="checkbox"
        checked={isShown}
        disabled={isShown && shown.length === 1}
        onChange={() =>
          view.show(
            isShown ? shown.filter((name) => name !== column.name) : [...shown, column.name],
          )
        }
      />
      {column.label ?? column.title}
    </label>
  );
}

function Mover(props: {
  view: View;
  column: Column;
  to: number;
  sign: string;
  where: "earlier" | "later";
}) {
  const { view, column, to, sign, where } = props;
  const shown = view.traits.shown.value;
  return (
    <button
      type="button"
      class="dw-link"
      aria-label={COLUMNS_PANEL.move(column.label ?? column.title, where)}
      disabled={to < 0 || to >= shown.length}
      onClick={() => view.show(moved(shown, column.name, to))}
    >
      {sign}
    </button>
  );
}
