import type { AnyModel } from "@anywidget/types";
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { watchConnection, type Connection } from "../shared/connection";
import { createRequests, type Ask } from "../shared/requests";
import { createPerform, type Perform } from "../shared/perform";
import { bindTraits, send, type Traits } from "../shared/traits";
import { createHistory, type History } from "./history";
import type { EditFields, EditState } from "./state";

export type Field = keyof EditFields;
type FieldState = "saved" | "unknown" | "edited" | "saving" | "refused" | "conflict";
type Changes = Partial<EditFields>;

const TRAITS = [
  "board", "saved", "changes", "theirs", "refused", "denied", "saving", "choices", "passwords",
  "linked", "dirty", "message", "unread",
] as const satisfies readonly (keyof EditState)[];

/** What one view adds to the draft it shows. */
export interface View extends Traits<EditState> {
  readonly history: History<Changes>;
  /** What has just happened, or gone wrong, in a sentence. */
  readonly note: Signal<string>;
  readonly ask: Ask;
  readonly connection: ReadonlySignal<Connection>;
  value<Name extends Field>(field: Name): EditFields[Name];
  state(field: Field): FieldState;
  edit<Name extends Field>(field: Name, value: EditFields[Name]): void;
  undo(): void;
  redo(): void;
  save(): Promise<void>;
  readonly perform: Perform;
}

export function createView(
  model: AnyModel<EditState>,
  el: HTMLElement,
  until: AbortSignal,
): View {
  const traits = bindTraits(model, TRAITS, until);
  const history = createHistory<Changes>();
  const note = signal("");
  const ask = createRequests(model, until);
  const changes = () => traits.changes.peek() as Changes;
  const put = (next: Changes) => send(model, "changes", next);

  const perform = createPerform(ask, note, until);

  return {
    ...traits,
    history,
    note,
    ask,
    connection: watchConnection(model, el, until),
    perform,
    value<Name extends Field>(field: Name): EditFields[Name] {
      const edited = (traits.changes.value as Changes)[field];
      return (edited === undefined ? traits.saved.value[field] : edited) as EditFields[Name];
    },
    state(field) {
      if (traits.saving.value.includes(field)) return "saving";
      if (field in traits.theirs.value) return "conflict";
      if (field in traits.refused.value) return "refused";
      if (traits.unread.value.includes(field)) return "unknown";
      return field in traits.changes.value ? "edited" : "saved";
    },
    edit(field, value) {
      if (traits.denied.peek()[field]) return;
      history.leave(changes(), field, performance.now());
      const next: Changes = { ...changes(), [field]: value };
      if (isSame(value, traits.saved.peek()[field])) delete next[field];
      put(next);
    },
    undo: () => put(history.undo(changes())),
    redo: () => put(history.redo(changes())),
    async save() {
      if (traits.saving.peek().length > 0 || Object.keys(changes()).length === 0) return;
      const answer = (await perform("save")) as { saved: boolean } | null | undefined;
      if (answer?.saved) history.forget();
    },
  };
}

/** Whether two JSON values are equal; lists of tags and people have no order. */
export function isSame(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(
      Array.isArray(value) && value.every((one) => typeof one === "string")
        ? [...value].sort()
        : value,
    );
  return plain(a) === plain(b);
}
