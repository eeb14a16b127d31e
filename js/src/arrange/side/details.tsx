import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { DraftTile } from "../state";
import { DETAILS } from "../texts";
import type { View } from "../view";

const COLORS = ["white", "blue", "green", "purple", "black"];

/** What can be changed of the selected tiles. */
export function Details({ view }: { view: View }) {
  const ids = [...view.selected.value];
  const first = ids[0];
  const tile = first === undefined ? undefined : view.tile(first);
  if (first === undefined || !tile) {
    return <p class="dw-advice">{DETAILS.advice}</p>;
  }
  const kind = view.fact(first)?.kind ?? "text";
  const key = ids.join(" ");
  return (
    <>
      <p class="dw-advice">{ids.map((id) => view.title(id)).join(", ")}</p>
      {ids.length === 1 && kind === "insight" && (
        <Writing
          key={`name ${key}`}
          label={DETAILS.name}
          value={tile.name}
          lines={1}
          onDone={(name) => view.change(ids, { name: name.trim() })}
        />
      )}
      {ids.length === 1 && tile.body !== null && (
        <Writing
          key={`body ${key}`}
          label={DETAILS.body}
          value={tile.body}
          lines={6}
          onDone={(body) => view.change(ids, { body: body.trim() })}
        />
      )}
      <fieldset class="dw-colors">
        <legend>{DETAILS.color}</legend>
        {COLORS.map((color) => (
          <button
            type="button"
            key={color}
            class="dw-color"
            data-dw-color={color}
            aria-label={color}
            aria-pressed={(tile.color ?? "white") === color}
            onClick={() => view.change(ids, { color: color === "white" ? null : color })}
          />
        ))}
      </fieldset>
      <Flag name="show_description" label={DETAILS.description} ids={ids} view={view} />
      <Flag name="transparent_background" label={DETAILS.transparent} ids={ids} view={view} />
      <button type="button" class="dw-button dw-remove" onClick={() => view.remove(ids)}>
        {DETAILS.remove}
      </button>
    </>
  );
}

function Flag(props: {
  name: "show_description" | "transparent_background";
  label: string;
  ids: readonly number[];
  view: View;
}) {
  const { name, label, ids, view } = props;
  const isOn = ids.every((id) => view.tile(id)?.[name] === true);
  const put = (value: boolean) => view.change(ids, { [name]: value } as Partial<DraftTile>);
  return (
    <label class="dw-flag">
      <input type="checkbox" checked={isOn} onChange={() => put(!isOn)} /> {label}
    </label>
  );
}

/** Typed freely, one step when it is left. */
function Writing(props: {
  label: string;
  value: string;
  lines: number;
  onDone: (value: string) => void;
}) {
  const id = useId();
  const typed = useSignal<string | null>(null);
  const done = () => {
    const { value } = typed;
    typed.value = null;
    if (value !== null && value !== props.value && value.trim()) props.onDone(value);
  };
  return (
    <div class="dw-writing">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        rows={props.lines}
        maxLength={props.lines === 1 ? 400 : 4000}
        value={typed.value ?? props.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || props.lines > 1) return;
          event.preventDefault();
          done();
        }}
        onBlur={done}
      />
    </div>
  );
}
