import { useSignal } from "@preact/signals";
import { Switch } from "../../shared/switch";
import { FieldBox } from "../fields/field";
import { FIELDS, LINK, ON_OFF, PAGE_SETTINGS } from "../texts";
import { Passwords } from "./passwords";
import type { View } from "../view";

/** The public link: whoever has it sees the dashboard without an account. */
export function Link({ view }: { view: View }) {
  const isPublic = view.saved.value.sharing_enabled;
  if (view.unread.value.includes("sharing_enabled")) return <Unread view={view} />;
  return (
    <section class="dw-link" aria-label={FIELDS.sharing_enabled}>
      <FieldBox view={view} field="sharing_enabled" group>
        {({ disabled }) => (
          <div class="dw-person">
            <span class={isPublic ? "dw-chip dw-public" : "dw-chip"}>
              {isPublic ? LINK.public : LINK.private}
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
      <FieldBox view={view} field="password_required" group>
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
      <FieldBox view={view} field="sharing_settings" group>
        {({ disabled }) =>
          PAGE_SETTINGS.map(([name, label]) => {
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

/** A link that could not be read must not look like one that is off. */
function Unread({ view }: { view: View }) {
  return (
    <section class="dw-link" aria-label={FIELDS.sharing_enabled}>
      <FieldBox view={view} field="sharing_enabled" group>
        {() => (
          <div class="dw-person">
            <span class="dw-chip dw-warn">{LINK.unknown}</span>
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
    const address = await view.perform("link", {}, "");
    if (typeof address !== "string") return;
    try {
      await navigator.clipboard.writeText(address);
      view.note.value = LINK.copied;
    } catch {
      view.note.value = LINK.notCopied;
    }
  };
  return (
    <>
      <div class="dw-person">
        <span class="dw-input dw-clip dw-address">…/shared/••••••••••••</span>
        <button type="button" class="dw-button" onClick={() => void copy()}>
          {LINK.copy}
        </button>
        <button
          type="button"
          class="dw-button"
          disabled={denied}
          aria-expanded={rotating.value}
          onClick={() => (rotating.value = !rotating.value)}
        >
          {LINK.rotate}
        </button>
      </div>
      {rotating.value && (
        <div class="dw-confirm" role="group" aria-label={LINK.rotateTitle}>
          <span>{LINK.rotateWarning}</span>
          <button
            type="button"
            class="dw-button dw-danger"
            onClick={() => {
              rotating.value = false;
              void view.perform("rotate", {}, LINK.rotated);
            }}
          >
            {LINK.rotateTitle}
          </button>
          <button type="button" class="dw-button" onClick={() => (rotating.value = false)}>
            {LINK.cancel}
          </button>
        </div>
      )}
    </>
  );
}
