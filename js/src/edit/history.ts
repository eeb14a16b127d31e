import { computed, signal, type ReadonlySignal } from "@preact/signals";

const PAUSE = 800;

/** Values that were left behind, and the way back to them. */
export interface History<Value> {
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** Note the value that is left; typing on in one place is one step. */
  leave(value: Value, place: string, now: number): void;
  undo(value: Value): Value;
  redo(value: Value): Value;
  forget(): void;
}

export function createHistory<Value>(): History<Value> {
  const past = signal<readonly Value[]>([]);
  const future = signal<readonly Value[]>([]);
  let last = { place: "", at: -Infinity };
  return {
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    leave(value, place, now) {
      const goesOn = place === last.place && now - last.at < PAUSE && past.peek().length > 0;
      if (!goesOn) past.value = [...past.peek(), value];
      future.value = [];
      last = { place, at: now };
    },
    undo(value) {
      const back = past.peek().at(-1);
      if (back === undefined) return value;
      past.value = past.peek().slice(0, -1);
      future.value = [...future.peek(), value];
      last = { place: "", at: -Infinity };
      return back;
    },
    redo(value) {
      const on = future.peek().at(-1);
      if (on === undefined) return value;
      future.value = future.peek().slice(0, -1);
      past.value = [...past.peek(), value];
      return on;
    },
    forget() {
      past.value = [];
      future.value = [];
    },
  };
}
