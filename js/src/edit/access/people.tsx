import { FieldBox } from "../fields/field";
import type { Person } from "../state";
import type { View } from "../view";

const OPEN_TO_ALL = "Everyone may edit this dashboard: choose Only collaborators first.";

/** Who may edit a restricted board. */
export function People({ view }: { view: View }) {
  const invited = view.value("collaborators");
  const before = view.saved.value.collaborators;
  const { people } = view.choices.value;
  const listed = people.filter(
    ({ uuid, reason }) => invited.includes(uuid) || before.includes(uuid) || reason,
  );
  const others = people.filter((one) => !listed.includes(one));
  const open = view.value("restriction_level") < 37;
  const set = (uuid: string, on: boolean) =>
    view.edit("collaborators", on ? [...invited, uuid] : invited.filter((one) => one !== uuid));
  return (
    <FieldBox view={view} field="collaborators" label="Collaborators" group>
      {({ disabled }) => (
        <>
          {listed.map((person) => (
            <PersonRow
              key={person.uuid}
              person={person}
              was={before.includes(person.uuid)}
              is={invited.includes(person.uuid)}
              disabled={disabled}
              onSet={(on) => set(person.uuid, on)}
            />
          ))}
          <select
            class="dw-input"
            aria-label="Invite a member"
            disabled={disabled || open || others.length === 0}
            value=""
            onChange={(event) => {
              set(event.currentTarget.value, true);
              event.currentTarget.value = "";
            }}
          >
            <option value="">
              {others.length > 0 || disabled ? "Invite a member …" : "No other member to invite"}
            </option>
            {others.map(({ uuid, name, email }) => (
              <option key={uuid} value={uuid}>
                {`${name} (${email})`}
              </option>
            ))}
          </select>
          {open && !disabled && <div class="dw-why">{OPEN_TO_ALL}</div>}
        </>
      )}
    </FieldBox>
  );
}

function PersonRow(props: {
  person: Person;
  was: boolean;
  is: boolean;
  disabled: boolean;
  onSet: (on: boolean) => void;
}) {
  const { person, was, is, disabled, onSet } = props;
  const words = person.reason || (was ? (is ? "can edit" : "to be removed") : "to be added");
  return (
    <div class="dw-person" data-dw-person={person.uuid}>
      <span class="dw-initials" aria-hidden="true">
        {initials(person.name)}
      </span>
      <bdi class="dw-clip" title={`${person.name} (${person.email})`}>
        {person.name}
      </bdi>
      <span class={was === is ? "dw-push dw-second" : "dw-push dw-edited"}>{words}</span>
      {(was || is) && (
        <button
          type="button"
          class="dw-quiet"
          disabled={disabled}
          aria-label={`${was === is ? "Remove" : "Undo for"} ${person.name}`}
          onClick={() => onSet(!is)}
        >
          {was === is ? "Remove" : "Undo"}
        </button>
      )}
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
