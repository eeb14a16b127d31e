import { CONFLICT, FIELDS } from "./texts";
import type { Field, View } from "./view";

/** Fields somebody else changed while they were edited here: shows both values, the user chooses. */
export function Theirs({ view }: { view: View }) {
  const fields = Object.keys(view.theirs.value) as Field[];
  return (
    <>
      {fields.map((field) => (
        <div class="dw-theirs" role="alert" key={field}>
          <span class="dw-warn">{CONFLICT.title}</span>
          <span class="dw-both">
            {FIELDS[field]}: {CONFLICT.now} <b>{shown(view, field, view.theirs.value[field])}</b>,{" "}
            {CONFLICT.yours} <b>{shown(view, field, view.value(field))}</b>
          </span>
          <span class="dw-push">
            <button
              type="button"
              class="dw-button"
              onClick={() => void view.perform("keep_mine", { fields: [field] }, CONFLICT.keptMine)}
            >
              {CONFLICT.keepMine}
            </button>{" "}
            <button
              type="button"
              class="dw-button"
              onClick={() => void view.perform("take_theirs", { fields: [field] }, CONFLICT.tookTheirs)}
            >
              {CONFLICT.takeTheirs}
            </button>
          </span>
        </div>
      ))}
    </>
  );
}

function shown(view: View, field: Field, value: unknown): string {
  if (field === "collaborators" && Array.isArray(value)) {
    const names = new Map(view.choices.value.people.map(({ uuid, name }) => [uuid, name]));
    return value.map((uuid) => names.get(uuid) ?? uuid).join(", ") || CONFLICT.nobody;
  }
  if (field === "restriction_level") return value === 37 ? CONFLICT.collaborators : CONFLICT.everyone;
  if (typeof value === "boolean") return value ? CONFLICT.yes : CONFLICT.no;
  if (value === null || value === "") return CONFLICT.empty;
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.join(", ") || CONFLICT.none;
  }
  return JSON.stringify(value);
}
