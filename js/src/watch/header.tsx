import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isOver, type Live } from "./live";
import { courseWords, phaseWords } from "./words";

const BEAT = 100;

export function Header({ live }: { live: Live }) {
  const { board, status, unanswered } = live;
  const { phase, message } = status.value;
  return (
    <header>
      <div class="dw-bar">
        <h2 title={board.value.description || undefined}>{board.value.name || "Dashboard"}</h2>
        <span class="dw-chip dw-phase" data-dw-phase={phase}>
          {phaseWords(status.value)}
        </span>
        <Course live={live} />
        <span class="dw-push" />
        {isOver(status.value) ? (
          <button type="button" class="dw-button" onClick={live.retry}>
            Again
          </button>
        ) : (
          <button type="button" class="dw-button" onClick={live.stop}>
            Stop
          </button>
        )}
      </div>
      {message && isOver(status.value) && (
        <p class="dw-banner" data-dw-phase={phase} role="alert">
          {message}
        </p>
      )}
      {unanswered.value && (
        <p class="dw-banner" role="status">
          The kernel has not answered: it is busy or gone. This is the last it sent; if it is gone,
          run the cell again.
        </p>
      )}
    </header>
  );
}

/** Has a clock of its own, so that a beat redraws nothing else. */
function Course({ live: { status, heardAt } }: { live: Live }) {
  const now = useSignal(0);
  const runs = heardAt.value !== null && !isOver(status.value);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => (now.value = performance.now()), BEAT);
    return () => clearInterval(timer);
  }, [runs]);
  const since = runs ? Math.max(0, now.value - (heardAt.value ?? 0)) / 1000 : 0;
  return <span class="dw-course">{courseWords(status.value, status.value.elapsed + since)}</span>;
}
