import { useSignal } from "@preact/signals";
import { PASSWORDS, REMOVE } from "../texts";
import type { View } from "../view";

/** Passwords of the public link: a new one is shown once, here and nowhere else. */
export function Passwords({ view }: { view: View }) {
  const note = useSignal("");
  const typed = useSignal("");
  const made = useSignal<string | null>(null);
  const denied = Boolean(view.denied.value["password_required"]);
  const add = async () => {
    const values = { note: note.value, password: typed.value };
    typed.value = "";
    const answer = await view.perform("add_password", values, PASSWORDS.added);
    if (typeof answer !== "string") return;
    note.value = "";
    made.value = answer;
  };
  return (
    <div class="dw-passwords">
      {view.passwords.value.map(({ id, note: words, created_at }) => (
        <div class="dw-person" key={id} data-dw-password={id}>
          <bdi class="dw-clip dw-second" title={words}>
            {words || PASSWORDS.noNote}
          </bdi>
          <span class="dw-second">{created_at ? created_at.slice(0, 10) : ""}</span>
          <button
            type="button"
            class="dw-quiet dw-push"
            disabled={denied}
            aria-label={PASSWORDS.remove(words)}
            onClick={() => void view.perform("remove_password", { id }, PASSWORDS.removed)}
          >
            {REMOVE}
          </button>
        </div>
      ))}
      {view.passwords.value.length === 0 && (
        <p class="dw-why">{PASSWORDS.none}</p>
      )}
      {made.value !== null && (
        <div class="dw-confirm" role="status">
          <span>
            {PASSWORDS.shownOnce} <code class="dw-password">{made.value}</code>
          </span>
          <button type="button" class="dw-button" onClick={() => (made.value = null)}>
            {PASSWORDS.noted}
          </button>
        </div>
      )}
      <div class="dw-person">
        <input
          class="dw-input"
          aria-label={PASSWORDS.note}
          placeholder={PASSWORDS.noteHint}
          maxLength={100}
          disabled={denied}
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
        <input
          class="dw-input"
          type="password"
          autocomplete="new-password"
          aria-label={PASSWORDS.password}
          placeholder={PASSWORDS.passwordHint}
          disabled={denied}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
        <button type="button" class="dw-button" disabled={denied} onClick={() => void add()}>
          {PASSWORDS.add}
        </button>
      </div>
    </div>
  );
}
