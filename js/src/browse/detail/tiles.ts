import { signal, type ReadonlySignal } from "@preact/signals";
import type { Ask } from "../../shared/requests";

export interface Tile {
  id: number;
  name: string | null;
  kind: string | null;
  query_kind: string | null;
  display: string | null;
}

export type Glance =
  | { phase: "reading" }
  | { phase: "read"; tiles: readonly Tile[]; uses: readonly string[]; complete: boolean; taken_at: string }
  | { phase: "failed"; why: string };

export interface Tiles {
  of(dashboard: number): ReadonlySignal<Glance>;
  again(dashboard: number): void;
}

/** The tiles of rows that were opened, each asked of Python once. */
export function createTiles(ask: Ask): Tiles {
  const known = new Map<number, ReturnType<typeof signal<Glance>>>();
  const read = (dashboard: number, again: boolean) => {
    const glance = known.get(dashboard) ?? signal<Glance>({ phase: "reading" });
    known.set(dashboard, glance);
    glance.value = { phase: "reading" };
    ask("tiles", { dashboard, again }).then(
      (answer) => (glance.value = { phase: "read", ...(answer as object) } as Glance),
      (error: Error) => (glance.value = { phase: "failed", why: error.message }),
    );
    return glance as ReadonlySignal<Glance>;
  };
  return {
    of: (dashboard) =>
      (known.get(dashboard) as ReadonlySignal<Glance> | undefined) ?? read(dashboard, false),
    again: (dashboard) => void read(dashboard, true),
  };
}
