import { PEOPLE, REMOVE } from "../texts";
import { FieldBox } from "../fields/field";
import type { Person } from "../state";
import type { View } from "../view";

/** Who can edit a restricted dashboard. */
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
    <FieldBox view={view} field="collaborators" group>
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
            aria-label={PEOPLE.invite}
            disabled={disabled || open || others.length === 0}
            value=""
            onChange={(event) => {
              set(event.currentTarget.value, true);
              event.currentTarget.value = "";
            }}
          >
            <option value="">
              {others.length > 0 || disabled ? PEOPLE.choose : PEOPLE.nobodyLeft}
            </option>
            {others.map(({ uuid, name, email }) => (
              <option key={uuid} value={uuid}>
                {`${name} (${email})`}
              </option>
            ))}
          </select>
          {open && !disabled && <div class="dw-why">{PEOPLE.openToAll}</div>}
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
  const text = person.reason || (was ? (is ? PEOPLE.canEdit : PEOPLE.removed) : PEOPLE.added);
  return (
    <div class="dw-person" data-dw-person={person.uuid}>
      <span class="dw-initials" aria-hidden="true">
        {initials(person.name)}
      </span>
      <bdi class="dw-clip" title={`${person.name} (${person.email})`}>
        {person.name}
      </bdi>
      <span class={was === is ? "dw-push dw-second" : "dw-push dw-edited"}>{text}</span>
      {(was || is) && (
        <button
          type="button"
          class="dw-quiet"
          disabled={disabled}
          aria-label={was === is ? PEOPLE.remove(person.name) : PEOPLE.undoFor(person.name)}
          onClick={() => onSet(!is)}
        >
          {was === is ? REMOVE : PEOPLE.undo}
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
