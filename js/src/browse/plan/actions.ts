import { signal, type ReadonlySignal } from "@preact/signals";
import type { Ask } from "../../shared/requests";
import { PLAN, VERBS } from "../texts";

export type Verb = keyof typeof VERBS;

export interface Change {
  dashboard: number;
  dashboard_name: string | null;
  field: string;
  old: unknown;
  new: unknown;
  state: "ready" | "conflict" | "refused" | "done" | "skipped" | "failed";
  reason: string | null;
}

/** A plan as Python tells of it: not sent yet, sent, or taken back. */
export interface Plan {
  phase: "draft" | "collected" | "applied" | "reverted";
  token: number;
  changes: readonly Change[];
  count: number;
  states: Record<string, number>;
  requests: number;
  price: string;
}

export type Step =
  | { kind: "words"; verb: "tag" | "untag"; ids: readonly number[] }
  | { kind: "working"; what: string }
  | { kind: "plan"; plan: Plan; verb: Verb }
  | { kind: "failed"; why: string };

export interface Actions {
  readonly step: ReadonlySignal<Step | null>;
  /** The column in which the last verb can be seen, done or not: until there is another. */
  readonly column: ReadonlySignal<string | undefined>;
  /** Ask for what the verb needs, or plan it at once. */
  begin(verb: Verb, ids: readonly number[]): void;
  draft(verb: Verb, ids: readonly number[], tags?: readonly string[]): void;
  apply(): void;
  revert(): void;
  end(): void;
}

/** From a verb to a plan, from a plan to its results: nothing is sent before `apply`. */
export function createActions(ask: Ask): Actions {
  const step = signal<Step | null>(null);
  const run = (what: string, verb: Verb, name: string, values: object) => {
    step.value = { kind: "working", what };
    ask(name, values).then(
      (answer) => (step.value = { kind: "plan", plan: answer as Plan, verb }),
      (error: Error) => (step.value = { kind: "failed", why: error.message }),
    );
  };
  const column = signal<string | undefined>();
  const draft: Actions["draft"] = (verb, ids, tags = []) => {
    column.value = CHANGED[verb];
    run(PLAN.planning, verb, "draft", { verb, ids, tags });
  };
  const go = (name: "apply" | "revert", what: string) => {
    const now = step.value;
    if (now?.kind === "plan") run(what, now.verb, name, { token: now.plan.token });
  };
  return {
    step,
    column,
    begin(verb, ids) {
      if (verb === "tag" || verb === "untag") step.value = { kind: "words", verb, ids };
      else draft(verb, ids);
    },
    draft,
    apply: () => go("apply", PLAN.sending),
    revert: () => go("revert", PLAN.reverting),
    end: () => (step.value = null),
  };
}

const CHANGED: Partial<Record<Verb, string>> = {
  tag: "tags",
  untag: "tags",
  pin: "pinned",
  unpin: "pinned",
  unshare: "public",
};
