import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Ask } from "../../shared/requests";
import { isWebPage } from "../keyboard";
import type { Copied } from "../state";
import { COPY } from "../texts";

/** How the last copy of a dashboard goes, to which project. */
type Copy = { to: string; done?: Copied; why?: string } | null;

export interface Copies {
  of(dashboard: number): ReadonlySignal<Copy>;
  make(dashboard: number, to: string): Promise<void>;
}

export function createCopies(ask: Ask): Copies {
  const known = new Map<number, Signal<Copy>>();
  const of = (dashboard: number) => {
    const found = known.get(dashboard) ?? signal<Copy>(null);
    known.set(dashboard, found);
    return found;
  };
  return {
    of,
    async make(dashboard, to) {
      const copy = of(dashboard);
      copy.value = { to };
      try {
        copy.value = { to, done: (await ask("copy", { dashboard, to })) as Copied };
      } catch (error) {
        copy.value = { to, why: (error as Error).message };
      }
    },
  };
}

/** What became of a copy. */
export function Outcome({ copy }: { copy: Copy }) {
  if (!copy) return null;
  const { to, done, why } = copy;
  if (why)
    return (
      <p class="dw-failed" role="alert">
        {why}
      </p>
    );
  return (
    <p class="dw-second" role="status">
      {done ? COPY.done(to, done.id) : COPY.going(to)}{" "}
      {done && isWebPage(done.url) && (
        <a href={done.url} target="_blank" rel="noopener noreferrer">
          {COPY.open}
        </a>
      )}
      {done?.notes.map((note) => (
        <span key={note}> · {note}</span>
      ))}
    </p>
  );
}
