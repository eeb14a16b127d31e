import { useRef } from "preact/hooks";
import { Funnel, amount, fromBefore } from "./funnel";
import { seriesColor } from "../colors/palette";
import { useFit } from "../interaction/room";
import type { Funnel as FunnelData, Step } from "./steps";
import { Dot } from "../interaction/tip";
import { useShown } from "../interaction/toggles";

interface FunnelChartProps {
  funnels: FunnelData[];
  /** Steps from left to right, as columns. */
  isUpright?: boolean | undefined;
}

const STEP = 104; // pixels that the words below a column need

/** A funnel as columns where they fit, else as bars. */
export function FunnelChart({ funnels, isUpright = false }: FunnelChartProps) {
  const chart = useRef<HTMLDivElement>(null);
  const length = funnels[0]?.steps.length ?? 0;
  const most = Math.max(1, Math.floor(funnels.length / 2)) * STEP;
  const { fits } = useFit(chart, (width, height) => ({
    fits: width >= length * most && height >= 150 ? 1 : 0,
  }), length);
  return (
    <div class="dw-funnel" ref={chart}>
      {isUpright && fits ? <Upright funnels={funnels} /> : <Funnel funnels={funnels} />}
    </div>
  );
}

function noteOf(step: Step, index: number): string {
  return (index > 0 && (step.note ?? fromBefore(step))) || "";
}

/** A line for each thing it says. */
function Note({ words }: { words: string }) {
  return (
    <small title={words}>
      {words.split(" · ").map((line) => (
        <span key={line}>{line}</span>
      ))}
    </small>
  );
}

function Upright({ funnels }: { funnels: FunnelData[] }) {
  const shown = useShown(funnels);
  return (
    <ol class="dw-upright">
      {(shown[0]?.steps ?? []).map(({ name }, index) => {
        const bars = shown.flatMap(({ steps, ...of }) => {
          const step = steps[index];
          return step ? [{ ...of, step }] : [];
        });
        return (
          <li key={index}>
            <div class="dw-upright-bars" aria-hidden="true">
              {bars.map(({ step, color, previous }, rank) => (
                <span key={rank} data-dw-faint={previous}>
                  <i style={{ height: `${(step.share ?? 0) * 100}%`, background: seriesColor(color) }} />
                </span>
              ))}
            </div>
            <h4 title={name}>{name}</h4>
            {bars.map(({ step, color, name: of }, rank) => (
              <p key={rank} title={of || undefined}>
                {shown.length > 1 && <Dot color={color} />}
                {of && <span class="dw-hidden">{of}: </span>}
                {amount(step)}
              </p>
            ))}
            {shown.length === 1 && bars[0] && <Note words={noteOf(bars[0].step, index)} />}
          </li>
        );
      })}
    </ol>
  );
}
