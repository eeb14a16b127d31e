import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Ask } from "../../shared/requests";
import type { SmallTile } from "../state";

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

/** Tiles drawn small; null while nobody asked. */
export type Drawn = SmallTile[] | "reading" | { why: string } | null;

export interface Tiles {
  of(dashboard: number): ReadonlySignal<Glance>;
  again(dashboard: number): void;
  small(dashboard: number): ReadonlySignal<Drawn>;
  /** Ask for the cached results: this opens the dashboard. */
  draw(dashboard: number): Promise<void>;
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
  const drawn = new Map<number, Signal<Drawn>>();
  const small = (dashboard: number) => {
    const found = drawn.get(dashboard) ?? signal<Drawn>(null);
    drawn.set(dashboard, found);
    return found;
  };
  return {
    small,
    async draw(dashboard) {
      const found = small(dashboard);
      found.value = "reading";
      try {
        found.value = ((await ask("small", { dashboard })) as { tiles: SmallTile[] }).tiles;
      } catch (error) {
        found.value = { why: (error as Error).message };
      }
    },
    of: (dashboard) =>
      (known.get(dashboard) as ReadonlySignal<Glance> | undefined) ?? read(dashboard, false),
    again: (dashboard) => void read(dashboard, true),
  };
}
