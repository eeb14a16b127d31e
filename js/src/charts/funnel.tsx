import { count, percent } from "./format";
import { Meter } from "./meter";
import type { Funnel as FunnelData } from "./steps";

/** Steps with how many took them, and of the first step how large a share. */
export function Funnel({ funnels }: { funnels: FunnelData[] }) {
  return (
    <div class="dw-funnels">
      {funnels.map(({ name, steps }, rank) => (
        <section key={name}>
          {funnels.length > 1 && <h4>{name || "None"}</h4>}
          <ol class="dw-meters">
            {steps.map((step, index) => (
              <Meter
                key={index}
                name={step.name}
                amount={`${count(step.count)} · ${percent(step.share)}`}
                share={step.share ?? 0}
                color={rank}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
