import { useSignal } from "@preact/signals";
import { Switch } from "../../shared/switch";
import { FieldBox, ON_OFF } from "../fields/field";
import { Passwords } from "./passwords";
import type { View } from "../view";

const SETTINGS = [
  ["whitelabel", "Hide PostHog's name"],
  ["noHeader", "Hide the title"],
  ["legend", "Show legends"],
  ["detailed", "Show details"],
  ["hideExtraDetails", "Hide names of tiles' details"],
  ["showInspector", "Show the inspector"],
] as const;

/** The public link: who has it can see the board without an account. */
export function Link({ view }: { view: View }) {
  const isPublic = view.saved.value.sharing_enabled;
  if (view.unread.value.includes("sharing_enabled")) return <Unread view={view} />;
  return (
    <section class="dw-link" aria-label="Public link">
      <FieldBox view={view} field="sharing_enabled" label="Public link" group>
        {({ disabled }) => (
          <div class="dw-person">
            <span class={isPublic ? "dw-chip dw-public" : "dw-chip"}>
              {isPublic ? "public" : "not shared"}
            </span>
            <span class="dw-push" />
            <Switch
              value={view.value("sharing_enabled")}
              choices={ON_OFF}
              disabled={disabled}
              onPick={(value) => view.edit("sharing_enabled", value)}
            />
          </div>
        )}
      </FieldBox>
      {view.linked.value && <Address view={view} />}
      <FieldBox view={view} field="password_required" label="Password required" group>
        {({ disabled }) => (
          <div class="dw-person">
            <span class="dw-push" />
            <Switch
              value={view.value("password_required")}
              choices={ON_OFF}
              disabled={disabled}
              onPick={(value) => view.edit("password_required", value)}
            />
          </div>
        )}
      </FieldBox>
      {view.saved.value.password_required && <Passwords view={view} />}
      <FieldBox view={view} field="sharing_settings" label="The public page" group>
        {({ disabled }) =>
          SETTINGS.map(([name, label]) => {
            const settings = view.value("sharing_settings");
            return (
              <label class="dw-setting" key={name}>
                <input
                  type="checkbox"
                  disabled={disabled}
                  checked={settings[name] === true}
                  onChange={(event) =>
                    view.edit("sharing_settings", {
                      ...settings,
                      [name]: event.currentTarget.checked,
                    })
                  }
                />
                {label}
              </label>
            );
          })
        }
      </FieldBox>
    </section>
  );
}

/** Nobody may take a link that could not be read for one that is closed. */
function Unread({ view }: { view: View }) {
  return (
    <section class="dw-link" aria-label="Public link">
      <FieldBox view={view} field="sharing_enabled" label="Public link" group>
        {() => (
          <div class="dw-person">
            <span class="dw-chip dw-warn">unknown whether it is public</span>
          </div>
        )}
      </FieldBox>
    </section>
  );
}

function Address({ view }: { view: View }) {
  const rotating = useSignal(false);
  const denied = Boolean(view.denied.value["sharing_enabled"]);
  const copy = async () => {
    const address = await view.tell("link", {}, "");
    if (typeof address !== "string") return;
    try {
      await navigator.clipboard.writeText(address);
      view.note.value = "Copied the public link.";
    } catch {
      view.note.value = "The browser refused the clipboard: use board.sharing() in Python.";
    }
  };
  return (
    <>
      <div class="dw-person">
        <span class="dw-input dw-clip dw-address">…/shared/••••••••••••</span>
        <button type="button" class="dw-button" onClick={() => void copy()}>
          Copy
        </button>
        <button
          type="button"
          class="dw-button"
          disabled={denied}
          aria-expanded={rotating.value}
          onClick={() => (rotating.value = !rotating.value)}
        >
          Rotate…
        </button>
      </div>
      {rotating.value && (
        <div class="dw-confirm" role="group" aria-label="Rotate the link">
          <span>
            The board gets a new address. Rotating keeps the old link working for 5 minutes.
          </span>
          <button
            type="button"
            class="dw-button dw-danger"
            onClick={() => {
              rotating.value = false;
              const done = "Rotated: the old link works for 5 minutes more.";
              void view.tell("rotate", {}, done);
            }}
          >
            Rotate the link
          </button>
          <button type="button" class="dw-button" onClick={() => (rotating.value = false)}>
            Cancel
          </button>
        </div>
      )}
    </>
  );
}
