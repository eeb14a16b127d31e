import { openByArrow } from "../../shared/arrows";
import { plural } from "../../charts/numbers/format";
import { Switch } from "../../shared/switch";
import { COMMON_LAYOUTS, MODES, OTHER_LAYOUTS, TOOLBAR, UNTITLED } from "../texts";
import type { Mode, View } from "../view";

export function Toolbar({ view }: { view: View }) {
  const locked = view.board.value.denied !== "";
  const arrange = (how: string, label: string) => void view.perform("arrange", { how }, TOOLBAR.done(label));
  return (
    <div class="dw-bar dw-head" role="toolbar" aria-label={TOOLBAR.label}>
      <h2>{view.board.value.name || UNTITLED.board}</h2>
      <span class="dw-quiet-words">{plural(view.boxes.value.size, "tile")}</span>
      <span class="dw-push" />
      <Switch<Mode>
        value={view.mode.value}
        choices={MODES}
        disabled={false}
        onPick={(mode) => (view.mode.value = mode)}
      />
      {COMMON_LAYOUTS.map(([how, label]) => (
        <Action key={how} kind="dw-wide" locked={locked} onClick={() => arrange(how, label)}>
          {label}
        </Action>
      ))}
      <Pick kind="dw-wide" label={TOOLBAR.sort} ways={OTHER_LAYOUTS} locked={locked} onPick={arrange} />
      <Pick kind="dw-narrow" label={TOOLBAR.label} ways={[...COMMON_LAYOUTS, ...OTHER_LAYOUTS]} locked={locked} onPick={arrange} />
      <button
        type="button"
        class="dw-button"
        aria-expanded={view.side.value === "tile"}
        disabled={locked}
        onClick={() => (view.side.value = view.side.value === "tile" ? null : "tile")}
      >
        {TOOLBAR.tile}
      </button>
      <button
        type="button"
        class="dw-button"
        aria-expanded={view.side.value === "targets"}
        disabled={locked}
        onClick={() => void view.openTargets()}
      >
        {TOOLBAR.move}
      </button>
      <Action locked={locked} onClick={() => void view.addText()}>
        {TOOLBAR.addText}
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
      aria-label={TOOLBAR.menu(props.label)}
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
