import type { Signal } from "@preact/signals";
import type { Ask } from "./requests";

/** Have Python do something, and note how it went; undefined when it failed. */
export type Perform = (what: string, values?: object, done?: string) => Promise<unknown>;

export function createPerform(ask: Ask, note: Signal<string>, until: AbortSignal): Perform {
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

/** What a footer says beside what is not saved yet: that nothing is, and how it went. */
export function savedText(isSaved: boolean, note: string): string {
  return [isSaved && "Everything is saved", note].filter(Boolean).join(" · ");
}
