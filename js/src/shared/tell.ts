import type { Signal } from "@preact/signals";
import type { Ask } from "./requests";

/** Ask for something and say how it went; undefined when it failed. */
export type Tell = (what: string, values?: object, done?: string) => Promise<unknown>;

export function createTell(ask: Ask, note: Signal<string>, until: AbortSignal): Tell {
  return async (what, values = {}, done = "") => {
    note.value = "";
    try {
      const answer = await ask(what, values);
      note.value = done;
      return answer ?? null;
    } catch (error) {
      if (!until.aborted) note.value = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  };
}
