import type { AnyModel } from "@anywidget/types";
import { signal, type Signal } from "@preact/signals";

export type Traits<State> = { [Name in keyof State]: Signal<State[Name]> };

/** One signal a trait: a change redraws only what reads it. Writing goes through `send`. */
export function bindTraits<State extends object>(
  model: AnyModel<State>,
  names: readonly (keyof State & string)[],
  until: AbortSignal,
): Traits<State> {
  const traits = {} as Traits<State>;
  for (const name of names) {
    const trait = signal(model.get(name));
    const update = () => (trait.value = model.get(name));
    model.on(`change:${name}`, update);
    until.addEventListener("abort", () => model.off(`change:${name}`, update), { once: true });
    traits[name] = trait as Traits<State>[typeof name];
  }
  return traits;
}

/** Set one trait and tell Python. */
export function send<State extends object, Name extends keyof State & string>(
  model: AnyModel<State>,
  name: Name,
  value: State[Name],
): void {
  model.set(name, value);
  model.save_changes();
}
