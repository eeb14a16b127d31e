import { useSignal } from "@preact/signals";
import { Colors } from "./colors";
import { rangeLabel } from "./dates";
import { Switch } from "../../shared/switch";
import { DATES, DATE_RANGES, DESCRIPTION, EDITORS, THEME, YES_NO } from "../texts";
import { FieldBox } from "./field";
import { Markdown } from "../../charts/text/markdown";
import { Tags } from "./tags";
import type { View } from "../view";

/** The fields of the board itself. */
export function BoardFields({ view }: { view: View }) {
  return (
    <div class="dw-main">
      <FieldBox view={view} field="name">
        {(control) => (
          <input
            {...control}
            class="dw-input"
            dir="auto"
            maxLength={400}
            value={view.value("name")}
            onInput={(event) => view.edit("name", event.currentTarget.value)}
          />
        )}
      </FieldBox>
      <Description view={view} />
      <Tags view={view} />
      <div class="dw-row">
        <FieldBox view={view} field="restriction_level" group>
          {({ disabled }) => (
            <Switch
              value={view.value("restriction_level")}
              choices={EDITORS}
              disabled={disabled}
              onPick={(value) => view.edit("restriction_level", value)}
            />
          )}
        </FieldBox>
        <FieldBox view={view} field="pinned" group>
          {({ disabled }) => (
            <Switch
              value={view.value("pinned")}
              choices={YES_NO}
              disabled={disabled}
              onPick={(value) => view.edit("pinned", value)}
            />
          )}
        </FieldBox>
      </div>
      <div class="dw-row dw-even">
        <DateFrom view={view} />
        <FieldBox view={view} field="date_to">
          {(control) => (
            <input
              {...control}
              class="dw-input"
              placeholder={DATES.now}
              value={view.value("date_to") ?? ""}
              onInput={(event) => view.edit("date_to", event.currentTarget.value || null)}
            />
          )}
        </FieldBox>
        <Theme view={view} />
      </div>
      <Colors view={view} />
    </div>
  );
}

function Description({ view }: { view: View }) {
  const preview = useSignal(false);
  const text = view.value("description");
  return (
    <FieldBox view={view} field="description">
      {(control) => (
        <>
          {preview.value ? (
            <div class="dw-input dw-preview" id={control.id} role="region" aria-label={DESCRIPTION.preview}>
              <Markdown body={text} />
            </div>
          ) : (
            <textarea
              {...control}
              class="dw-input"
              rows={3}
              dir="auto"
              value={text}
              onInput={(event) => view.edit("description", event.currentTarget.value)}
            />
          )}
          <button
            type="button"
            class="dw-quiet"
            aria-pressed={preview.value}
            onClick={() => (preview.value = !preview.value)}
          >
            {preview.value ? DESCRIPTION.write : DESCRIPTION.preview}
          </button>
        </>
      )}
    </FieldBox>
  );
}

function DateFrom({ view }: { view: View }) {
  const from = view.value("date_from");
  const known = DATE_RANGES.some(([value]) => value === from);
  return (
    <FieldBox view={view} field="date_from">
      {(control) => (
        <select
          {...control}
          class="dw-input"
          value={from ?? ""}
          onChange={(event) => view.edit("date_from", event.currentTarget.value || null)}
        >
          <option value="">{rangeLabel(null, null)}</option>
          {from && !known && <option value={from}>{rangeLabel(from, null)}</option>}
          {DATE_RANGES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FieldBox>
  );
}

function Theme({ view }: { view: View }) {
  const id = view.value("data_color_theme_id");
  const { themes } = view.choices.value;
  return (
    <FieldBox view={view} field="data_color_theme_id">
      {(control) => (
        <select
          {...control}
          class="dw-input"
          value={id === null ? "" : String(id)}
          onChange={({ currentTarget: { value } }) =>
            view.edit("data_color_theme_id", value === "" ? null : Number(value))
          }
        >
          <option value="">{THEME.project}</option>
          {id !== null && !themes.some((theme) => theme.id === id) && (
            <option value={id}>{THEME.numbered(id)}</option>
          )}
          {themes.map((theme) => (
            <option key={theme.id} value={theme.id}>
              {theme.name}
            </option>
          ))}
        </select>
      )}
    </FieldBox>
  );
}
