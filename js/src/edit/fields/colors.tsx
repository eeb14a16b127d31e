import { useSignal } from "@preact/signals";
import { COLORS, REMOVE } from "../texts";
import { FieldBox } from "./field";
import type { View } from "../view";

/** Which color a breakdown value has on every tile. */
export function Colors({ view }: { view: View }) {
  const typed = useSignal("");
  const entries = view.value("breakdown_colors");
  const theme = view.value("data_color_theme_id");
  const { themes } = view.choices.value;
  const colors = (themes.find(({ id }) => id === theme) ?? themes[0])?.colors ?? {};
  const tokens = Object.keys(colors);
  const replace = (at: number, entry: Record<string, unknown> | null) =>
    view.edit(
      "breakdown_colors",
      entries.flatMap((one, index) => (index !== at ? [one] : entry ? [entry] : [])),
    );
  const add = () => {
    const breakdownValue = typed.value.trim();
    typed.value = "";
    if (!breakdownValue || entries.some((one) => one["breakdownValue"] === breakdownValue)) return;
    const colorToken = tokens[entries.length % Math.max(1, tokens.length)] ?? "preset-1";
    const entry = { breakdownValue, breakdownType: "event", colorToken };
    view.edit("breakdown_colors", [...entries, entry]);
  };
  return (
    <FieldBox view={view} field="breakdown_colors">
      {(control) => (
        <>
          {entries.map((entry, at) => {
            const name = String(entry["breakdownValue"] ?? "");
            const token = String(entry["colorToken"] ?? "");
            return (
              <div class="dw-person" key={name}>
                <span class="dw-swatch" style={{ background: safeColor(colors[token]) }} />
                <bdi class="dw-clip" title={name}>
                  {name}
                </bdi>
                <select
                  class="dw-input dw-push"
                  aria-label={COLORS.of(name)}
                  disabled={control.disabled}
                  value={token}
                  onChange={(event) =>
                    replace(at, { ...entry, colorToken: event.currentTarget.value })
                  }
                >
                  {!tokens.includes(token) && <option value={token}>{token || COLORS.none}</option>}
                  {tokens.map((one) => (
                    <option key={one} value={one}>
                      {COLORS.preset(one)}
                    </option>
                  ))}
                </select>
                <button
                  type="button"
                  class="dw-quiet"
                  disabled={control.disabled}
                  aria-label={COLORS.remove(name)}
                  onClick={() => replace(at, null)}
                >
                  {REMOVE}
                </button>
              </div>
            );
          })}
          <input
            {...control}
            class="dw-input"
            placeholder={COLORS.add}
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
        </>
      )}
    </FieldBox>
  );
}

/** A color, and nothing that would load an address. */
function safeColor(color: string | undefined): string {
  return color && /^#[0-9a-f]{3,8}$/i.test(color) ? color : "transparent";
}
