import { percent } from "../numbers/format";
import { Change } from "./number";
import { seriesColor } from "../colors/palette";
import type { Goal } from "../series/series";
import { written, type Unit } from "../numbers/unit";
import type { Figure } from "./values";

/** A total on its way to a goal. */
export function Progress({ figure, goal, unit }: { figure: Figure; goal: Goal | null; unit: Unit }) {
  const { value, previous, since } = figure;
  const shown = written(value, unit);
  const share = goal && value !== null && goal.value > 0 ? value / goal.value : null;
  return (
    <div class="dw-number">
      <strong style={{ "--length": shown.length }}>{shown}</strong>
      {goal ? (
        <small>
          {share === null ? "" : `${percent(share)} of `}
          {written(goal.value, unit)} · {goal.name}
        </small>
      ) : (
        <small>No goal is set.</small>
      )}
      {share !== null && (
        <div
          class="dw-progress"
          role="meter"
          aria-label={goal?.name}
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={Math.min(1, Math.max(0, share))}
        >
          <span
            style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, background: seriesColor(0) }}
          />
        </div>
      )}
      {value !== null && previous !== null && (
        <Change {...{ value, previous, unit, since }} />
      )}
    </div>
  );
}
