import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { FIELDS, STATES } from "../texts";
import type { Field, View } from "../view";

interface Control {
  id: string;
  disabled: boolean;
  "aria-describedby": string;
  "aria-invalid": boolean;
}

interface Props {
  view: View;
  field: Field;
  /** Buttons that belong together are a group with a name; a single input has a label. */
  group?: boolean;
  children: (control: Control) => ComponentChildren;
}

/** A field with its label, its state, and why it was refused or can't be edited. */
export function FieldBox({ view, field, group = false, children }: Props) {
  const id = useId();
  const state = view.state(field);
  const label = FIELDS[field];
  const denied = view.denied.value[field] ?? "";
  const refused = view.refused.value[field] ?? "";
  const control: Control = {
    id,
    disabled: denied !== "",
    "aria-describedby": `${id}-state ${id}-why`,
    "aria-invalid": refused !== "",
  };
  return (
    <div
      class={`dw-field dw-field-${field}`}
      data-dw-state={state}
      {...(group ? { role: "group", "aria-labelledby": `${id}-label` } : {})}
    >
      <div class="dw-label">
        {group ? <b id={`${id}-label`}>{label}</b> : <label for={id}>{label}</label>}
        <span class="dw-state" id={`${id}-state`}>
          {STATES[state]}
        </span>
      </div>
      {children(control)}
      <div class="dw-why" id={`${id}-why`}>
        {refused && <span class="dw-bad">{refused}</span>}
        {denied && <span>{denied}</span>}
      </div>
    </div>
  );
}

