import { plural } from "../charts/format";
import { Switch } from "../edit/field";
import type { Mode, View } from "./view";

const MODES = [
  { value: "desktop", label: "Desktop" },
  { value: "mobile", label: "Mobile" },
  { value: "list", label: "List" },
] as const;

const MORE = [
  ["by_name", "Sort by name"],
  ["by_kind", "Sort by kind"],
  ["pack", "Keep sizes and repack"],
  ["align_heights", "Align heights in rows"],
] as const;

export function Toolbar({ view }: { view: View }) {
  const locked = view.board.value.denied !== "";
  const arrange = (how: string, done: string) => void view.tell("arrange", { how }, done);
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
      <Action locked={locked} onClick={() => arrange("tidy_up", "Gaps closed.")}>
        Tidy up
      </Action>
      <Action locked={locked} onClick={() => arrange("two_columns", "In two columns.")}>
        Two columns
      </Action>
      <Action locked={locked} onClick={() => arrange("full_width", "At full width.")}>
        Full width
      </Action>
      <select
        class="dw-button"
        aria-label="Sort or pack"
        value=""
        disabled={locked}
        onChange={({ currentTarget }) => {
          const [how, label] = MORE[currentTarget.selectedIndex - 1] ?? [];
          currentTarget.value = "";
          if (how) arrange(how, `Done: ${label}.`);
        }}
      >
        <option value="">Sort</option>
        {MORE.map(([how, label]) => (
          <option key={how} value={how}>
            {label}
          </option>
        ))}
      </select>
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
      <Action locked={locked} onClick={() => void view.tell("add_text", { body: "New text" }, "A text was added at the end.")}>
        + Text
      </Action>
    </div>
  );
}

function Action(props: { locked: boolean; onClick: () => void; children: string }) {
  return (
    <button type="button" class="dw-button" disabled={props.locked} onClick={props.onClick}>
      {props.children}
    </button>
  );
}
