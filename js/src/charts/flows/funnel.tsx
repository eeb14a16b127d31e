import { duration } from "../numbers/duration";
import { count, percent } from "../numbers/format";
import { Meter } from "../totals/meter";
import type { Funnel as FunnelData, Step } from "./steps";
import { useShown } from "../interaction/toggles";

/** Steps with how many took them, and of the first step how large a share. */
export function Funnel({ funnels }: { funnels: FunnelData[] }) {
  const [only] = funnels;
  if (funnels.length > 1 || !only) return <Compared funnels={funnels} />;
  return (
    <ol class="dw-meters">
      {only.steps.map((step, index) => (
        <Meter
          key={index}
          name={step.name}
          amount={amount(step)}
          share={step.share ?? 0}
          note={step.note ?? (index > 0 ? fromBefore(step) : undefined)}
        />
      ))}
    </ol>
  );
}

/** With a breakdown: its values side by side at each step. */
function Compared({ funnels }: { funnels: FunnelData[] }) {
  const shown = useShown(funnels);
  const steps = shown[0]?.steps ?? [];
  return (
    <ol class="dw-funnels">
      {steps.map(({ name }, index) => (
        <li key={index}>
          <h4>{name}</h4>
          <ul class="dw-meters">
            {shown.map((funnel, rank) => {
              const step = funnel.steps[index];
              if (!step) return null;
              return (
                <Meter
                  key={rank}
                  name={funnel.name || "None"}
                  amount={amount(step)}
                  share={step.share ?? 0}
                  color={funnel.color}
                  faint={funnel.previous}
                />
              );
            })}
          </ul>
        </li>
      ))}
    </ol>
  );
}

export function amount({ count: reached, share }: Step): string {
  if (reached === null) return "unknown";
  return `${count(reached)} · ${percent(share)}`;
}

export function fromBefore(
  { kept, average, median }: Step,
  of = "of previous step",
): string | undefined {
  const times = [
    average !== null && `average ${duration(average)}`,
    median !== null && `median ${duration(median)}`,
  ];
  const words = [kept !== null && `${percent(kept)} ${of}`, ...times].filter(Boolean);
  return words.length > 0 ? words.join(" · ") : undefined;
}
