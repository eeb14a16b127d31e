import { useRef } from "preact/hooks";
import { dayOf, shareOf, type Cohorts } from "./cohorts";
import { useCursor } from "./cursor";
import { count, percent } from "./format";
import { Line } from "./line";
import type { Trend } from "./series";
import { Tip } from "./tip";

interface RetentionProps {
  cohorts: Cohorts;
  graph: Trend | null;
  hasMatrix: boolean;
}

/** How many came back: a matrix of cohorts and periods, or a line a cohort, or both. */
export function Retention({ cohorts, graph, hasMatrix }: RetentionProps) {
  return (
    <div class="dw-retention">
      {graph && <Line trend={graph} stacked={false} />}
      {hasMatrix && <Matrix cohorts={cohorts} />}
    </div>
  );
}

function Matrix({ cohorts: { periods, rows, mean } }: { cohorts: Cohorts }) {
  const chart = useRef<HTMLDivElement>(null);
  const at = useCursor(chart, rows.length * periods.length, periods.length);
  const across = at.value === null ? 0 : at.value % periods.length;
  const row = at.value === null ? undefined : rows[Math.floor(at.value / periods.length)];
  const point = ({ target }: PointerEvent) => {
    const { cell } = (target as HTMLElement).dataset;
    at.value = cell === undefined ? null : Number(cell);
  };
  return (
    <div
      class="dw-matrix"
      ref={chart}
      onPointerOver={point}
      onPointerLeave={() => (at.value = null)}
    >
      <table aria-label="Who came back">
        <thead>
          <tr>
            <th scope="col">Cohort</th>
            <th scope="col">Size</th>
            {periods.map((name, period) => (
              <th key={period} scope="col" title={name}>
                {short(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr class="dw-matrix-mean">
            <th scope="row">Mean</th>
            <td />
            {mean.map((share, period) => (
              <Cell key={period} share={share} />
            ))}
          </tr>
          {rows.map((cohort, rank) => (
            <tr key={rank}>
              <th scope="row">{shortName(cohort.name)}</th>
              <td>{count(cohort.size)}</td>
              {periods.map((_, period) => {
                const index = rank * periods.length + period;
                const share = shareOf(cohort, period);
                return <Cell key={period} share={share} index={index} isAt={at.value === index} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {row && (
        <Tip
          title={`${dayOf(row.name)}, ${periods[across] ?? ""}`}
          left={(across + 2.5) / (periods.length + 2.5)}
          rows={[
            { name: "came back", value: count(row.counts[across] ?? null) },
            { name: `of ${count(row.size)}`, value: percent(shareOf(row, across)) },
          ]}
        />
      )}
    </div>
  );
}

function Cell({ share, index, isAt }: { share: number | null; index?: number; isAt?: boolean }) {
  if (share === null) return <td data-cell={index} data-dw-at={isAt || undefined} />;
  return (
    <td
      data-cell={index}
      data-dw-at={isAt || undefined}
      data-dw-strong={share > 0.55 || undefined}
      class="dw-matrix-cell"
      style={{ "--share": `${Math.round(Math.min(1, share) * 100)}%` }}
    >
      {(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}
    </td>
  );
}

/** "Week 2" -> "W2": columns are narrow. */
function short(period: string): string {
  return period.replace(/^([A-Z])\w* (\d+)$/, "$1$2");
}

function shortName(name: string): string {
  return dayOf(name).replace(/ \d{4}$/, "");
}
