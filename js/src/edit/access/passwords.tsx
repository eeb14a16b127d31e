import { useSignal } from "@preact/signals";
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
    const answer = await view.tell("add_password", values, "Password added.");
    if (typeof answer !== "string") return;
    note.value = "";
    made.value = answer;
  };
  return (
    <div class="dw-passwords">
      {view.passwords.value.map(({ id, note: words, created_at }) => (
        <div class="dw-person" key={id} data-dw-password={id}>
          <bdi class="dw-clip dw-second" title={words}>
            {words || "no note"}
          </bdi>
          <span class="dw-second">{created_at ? created_at.slice(0, 10) : ""}</span>
          <button
            type="button"
            class="dw-quiet dw-push"
            disabled={denied}
            aria-label={`Remove the password ${words || "without a note"}`}
            onClick={() => void view.tell("remove_password", { id }, "Password removed.")}
          >
            Remove
          </button>
        </div>
      ))}
      {view.passwords.value.length === 0 && (
        <p class="dw-why">No password yet: nobody can open the link.</p>
      )}
      {made.value !== null && (
        <div class="dw-confirm" role="status">
          <span>
            New password, shown only now: <code class="dw-password">{made.value}</code>
          </span>
          <button type="button" class="dw-button" onClick={() => (made.value = null)}>
            I have noted it
          </button>
        </div>
      )}
      <div class="dw-person">
        <input
          class="dw-input"
          aria-label="Note for a new password"
          placeholder="who it is for"
          maxLength={100}
          disabled={denied}
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
        <input
          class="dw-input"
          type="password"
          autocomplete="new-password"
          aria-label="New password; empty: PostHog makes one"
          placeholder="empty: a random one"
          disabled={denied}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
        <button type="button" class="dw-button" disabled={denied} onClick={() => void add()}>
          Add
        </button>
      </div>
    </div>
  );
}
