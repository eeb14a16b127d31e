import { signal, useSignal, type Signal } from "@preact/signals";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useLayoutEffect, useMemo } from "preact/hooks";

type Names = ReadonlySet<string>;

const NONE: Names = new Set();
const Hidden = createContext<Signal<Names>>(signal(NONE));

/** Around a legend and its chart: what the reader hides in one is hidden in the other.
 *
 * At first that is what somebody had hidden in PostHog. */
export function Toggles(props: { hidden: readonly string[]; children: ComponentChildren }) {
  const { children } = props;
  const hidden = useSignal(NONE);
  const given = props.hidden.join("\n");
  useLayoutEffect(() => {
    if (given || hidden.peek().size > 0) hidden.value = new Set(props.hidden);
  }, [given]);
  return <Hidden.Provider value={hidden}>{children}</Hidden.Provider>;
}

export function useHidden(): { names: Names; toggle(name: string): void } {
  const hidden = useContext(Hidden);
  const toggle = (name: string) => {
    const next = new Set(hidden.peek());
    if (!next.delete(name)) next.add(name);
    hidden.value = next;
  };
  return { names: hidden.value, toggle };
}

/** Those that are not hidden; all of them when that would leave none. */
export function useShown<T extends { name: string }>(all: readonly T[]): readonly T[] {
  const { names } = useHidden();
  return useMemo(() => {
    const shown = all.filter(({ name }) => !names.has(name));
    return shown.length > 0 ? shown : all;
  }, [all, names]);
}
