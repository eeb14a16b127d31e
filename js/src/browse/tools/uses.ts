import { signal, type ReadonlySignal } from "@preact/signals";
import type { Ask } from "../../shared/requests";
import type { UsesState } from "../state";

export interface Uses {
  readonly isReading: ReadonlySignal<boolean>;
  /** Why it could not be read; empty where nothing failed. */
  readonly why: ReadonlySignal<string>;
  /** Has Python read what tiles depend on, unless it did; returns whether it is known. */
  read(): Promise<boolean>;
}

/** What tiles depend on, asked of Python once: it takes the list of insights. */
export function createUses(ask: Ask, uses: ReadonlySignal<UsesState | null>): Uses {
  const isReading = signal(false);
  const why = signal("");
  let asked: Promise<boolean> | null = null;
  const once = async () => {
    isReading.value = true;
    why.value = "";
    try {
      await ask("uses", {});
      return true;
    } catch (error) {
      why.value = (error as Error).message;
      return false;
    } finally {
      isReading.value = false;
      asked = null;
    }
  };
  return {
    isReading,
    why,
    read: () => (uses.value ? Promise.resolve(true) : (asked ??= once())),
  };
}

/** Dashboard id to the names that its tiles depend on. */
export function usesOf(uses: UsesState | null): ReadonlyMap<number, string[]> | null {
  if (!uses) return null;
  const found = new Map<number, string[]>();
  uses.names.forEach((name, at) => {
    for (const id of uses.dashboards[at]!) {
      const own = found.get(id);
      if (own) own.push(name);
      else found.set(id, [name]);
    }
  });
  return found;
}
