import { openByArrow } from "../../shared/arrows";
import { plural } from "../../charts/numbers/format";
import { Switch } from "../../edit/fields/field";
import type { Mode, View } from "../view";

const MODES = [
  { value: "desktop", label: "Desktop" },
  { value: "mobile", label: "Mobile" },
  { value: "list", label: "List" },
] as const;

const OFTEN = [
  ["tidy_up", "Tidy up"],
  ["two_columns", "Two columns"],
  ["full_width", "Full width"],
] as const;

const MORE = [
  ["by_name", "Sort by name"],
  ["by_kind", "Sort by kind"],
  ["pack", "Keep sizes and repack"],
  ["align_heights", "Align heights in rows"],
] as const;

export function Toolbar({ view }: { view: View }) {
  const locked = view.board.value.denied !== "";
  const arrange = (how: string, label: string) => void view.tell("arrange", { how }, `Done: ${label}.`);
  return (
    <div class="dw-bar dw-head" role="toolbar" aria-label="Arrange">
      <h2>{view.board.value.name || "Dashboard"}</h2>
      <span class="dw-quiet-words">{plural(view.boxes.value.size, "tile")}</span>
      <span class="dw-push" />
      <Switch<Mode>
        value={view.mode.value}
        choices={MODES}
        disabled={false}
        onPick={(mode) => (view.mode.value = mode)}
      />
      {OFTEN.map(([how, label]) => (
        <Action key={how} kind="dw-wide" locked={locked} onClick={() => arrange(how, label)}>
          {label}
        </Action>
      ))}
      <Pick kind="dw-wide" label="Sort" ways={MORE} locked={locked} onPick={arrange} />
      <Pick kind="dw-narrow" label="Arrange" ways={[...OFTEN, ...MORE]} locked={locked} onPick={arrange} />
      <button
        type="button"
        class="dw-button"
        aria-expanded={view.side.value === "tile"}
        disabled={locked}
        onClick={() => (view.side.value = view.side.value === "tile" ? null : "tile")}
      >
        Tile…
      </button>
      <button
        type="button"
        class="dw-button"
        aria-expanded={view.side.value === "targets"}
        disabled={locked}
        onClick={() => void view.openTargets()}
      >
        Move to…
      </button>
      <Action locked={locked} onClick={() => void view.addText()}>
        + Text
      </Action>
    </div>
  );
}

function Action(props: {
  kind?: string;
  locked: boolean;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      class={`dw-button ${props.kind ?? ""}`}
      disabled={props.locked}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** A menu of one-step arrangements. */
function Pick(props: {
  kind: string;
  label: string;
  ways: readonly (readonly [how: string, label: string])[];
  locked: boolean;
  onPick: (how: string, label: string) => void;
}) {
  return (
    <select
      class={`dw-button ${props.kind}`}
      aria-label={`${props.label}: one step`}
      value=""
      disabled={props.locked}
      onKeyDown={openByArrow}
      onChange={({ currentTarget }) => {
        const way = props.ways[currentTarget.selectedIndex - 1];
        currentTarget.value = "";
        if (way) props.onPick(...way);
      }}
    >
      <option value="">{props.label}</option>
      {props.ways.map(([how, label]) => (
        <option key={how} value={how}>
          {label}
        </option>
      ))}
    </select>
  );
}
