import { useMemo } from "preact/hooks";
import { dayOf, shareOf, type Cohorts } from "./cohorts";
import { Columns } from "../plane/columns";
import { count, percent, tick } from "../numbers/format";
import { Line } from "../plane/line";
import { Matrix, type MatrixCell, type MatrixRow } from "./matrix";
import type { WithPlane } from "../parts";
import type { Trend } from "../series/series";

interface RetentionProps extends WithPlane {
  cohorts: Cohorts;
  graph: Trend | null;
  hasMatrix: boolean;
  isColumns?: boolean | undefined;
}

/** How many came back: a matrix of cohorts and periods, or a line a cohort, or both. */
export function Retention({ cohorts, graph, hasMatrix, isColumns, Plane }: RetentionProps) {
  const Graph = isColumns ? Columns : Line;
  return (
    <div class="dw-retention">
      {graph && <Graph trend={graph} stacked={false} Plane={Plane} />}
      {hasMatrix && <CohortMatrix cohorts={cohorts} />}
    </div>
  );
}

function CohortMatrix({ cohorts: { periods, rows, mean } }: { cohorts: Cohorts }) {
  const lines = useMemo((): MatrixRow[] => {
    const largest = Math.max(0, ...rows.flatMap(({ amounts = [] }) => amounts.map((one) => one ?? 0)));
    const isAggregated = rows.some(({ amounts }) => amounts);
    const shown = (value: number | null) => (isAggregated ? amountCell(value, largest) : cell(value));
    const means = { head: ["Mean", ""], cells: mean.map(shown), isSummary: true };
    return [
      means,
      ...rows.map((cohort) => ({
        head: [shortName(cohort.name), count(cohort.size)],
        cells: periods.map((_, period) =>
          cohort.amounts
            ? amountCell(cohort.amounts[period] ?? null, largest)
            : cell(shareOf(cohort, period)),
        ),
      })),
    ];
  }, [periods, rows, mean]);
  return (
    <Matrix
      label="Retention"
      heads={["Cohort", "Size"]}
      columns={periods.map((name) => ({ name, short: short(name) }))}
      rows={lines}
      tip={(row, period) => {
        const cohort = rows[row];
        if (!cohort) return { title: "", rows: [] };
        return {
          title: `${dayOf(cohort.name)}, ${periods[period] ?? ""}`,
          rows: [
            ...(cohort.amounts
              ? [{ name: "value", value: count(cohort.amounts[period] ?? null) }]
              : []),
            { name: "came back", value: count(cohort.counts[period] ?? null) },
            { name: `of ${count(cohort.wholes?.[period] ?? cohort.size)}`, value: percent(shareOf(cohort, period)) },
          ],
        };
      }}
    />
  );
}

function cell(share: number | null): MatrixCell | null {
  if (share === null) return null;
  return { share, text: (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0) };
}

function amountCell(value: number | null, largest: number): MatrixCell | null {
  if (value === null) return null;
  return { share: largest > 0 ? Math.max(0, value) / largest : 0, text: tick(value) };
}

/** "Week 2" -> "W2": columns are narrow. */
function short(period: string): string {
  return period.replace(/^([A-Z])\w* (\d+)$/, "$1$2");
}

function shortName(name: string): string {
  return dayOf(name).replace(/ \d{4}$/, "");
}
