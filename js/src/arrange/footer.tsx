import { useSignal } from "@preact/signals";
import { plural } from "../charts/format";
import type { View } from "./view";

const KEYS: readonly [key: string, does: string][] = [
  ["enter", "pick up"],
  ["←↑→↓", "move"],
  ["shift + ←↑→↓", "resize"],
  ["x", "select"],
  ["esc", "cancel"],
];

/** What is not saved yet, what saving costs, and the way back. */
export function Footer({ view }: { view: View }) {
  const isOpen = useSignal(false);
  const rows = view.pending_rows.value;
  const { saving, can_undo, can_redo, requests, message } = view.progress.value;
  const immediate = view.saves.value === "immediately";
  const words = view.note.value || message;
  return (
    <div class="dw-end">
      {isOpen.value && rows.length > 0 && <Pending view={view} />}
      {message && (
        <p class="dw-banner" data-dw-bad role="alert">
          {message} Nothing that was not saved is lost: try again.
        </p>
      )}
      <div class="dw-bar dw-foot">
        {rows.length > 0 ? (
          <button
            type="button"
            class="dw-quiet dw-edited"
            aria-expanded={isOpen.value}
            onClick={() => (isOpen.value = !isOpen.value)}
          >
            {summary(view)}
          </button>
        ) : (
          <span>Everything is saved</span>
        )}
        {rows.length > 0 && <span>· {plural(requests, "request")}</span>}
        <span role="status" class="dw-said">
          {saving ? "Saving …" : message ? "" : words}
        </span>
        <span class="dw-push dw-keys">
          {KEYS.map(([key, does]) => (
            <span key={key}>
              <kbd class="dw-key">{key}</kbd> {does}
            </span>
          ))}
        </span>
        <span class="dw-actions">
          <Quiet disabled={!can_undo} onClick={() => void view.tell("undo", {}, "Undone.")}>
            Undo
          </Quiet>
          <Quiet disabled={!can_redo} onClick={() => void view.tell("redo", {}, "Done again.")}>
            Redo
          </Quiet>
          {!immediate && (
            <Quiet
              disabled={rows.length === 0 || saving}
              onClick={() => void view.tell("discard", {}, "Discarded; Undo brings it back.")}
            >
              Discard
            </Quiet>
          )}
          <button
            type="button"
            class="dw-button dw-save"
            disabled={rows.length === 0 || saving}
            onClick={() => void view.save()}
          >
            {message ? "Try again" : "Save"}
          </button>
        </span>
      </div>
    </div>
  );
}

function Quiet(props: { disabled: boolean; onClick: () => void; children: string }) {
  return (
    <button type="button" class="dw-quiet" disabled={props.disabled} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

function Pending({ view }: { view: View }) {
  return (
    <div class="dw-pending" role="region" aria-label="Changes that are not saved" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Tile</th>
            <th scope="col">Change</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {view.pending_rows.value.map(({ tile, name, change, before, after }) => (
            <tr key={`${tile} ${change}`}>
              <td>{name}</td>
              <td>{change}</td>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "2 tiles moved, 1 resized". */
function summary(view: View): string {
  const saved = new Map(view.saved.value.map(({ id, box }) => [id, box]));
  let places = 0;
  let sizes = 0;
  for (const { id, box, to } of view.draft.value) {
    const was = saved.get(id);
    if (!was || to !== null) continue;
    if (was.w !== box.w || was.h !== box.h) sizes += 1;
    else if (was.x !== box.x || was.y !== box.y) places += 1;
  }
  const others = view.pending_rows.value.filter(({ change }) => change !== "place").length;
  const words = [
    places > 0 && `${plural(places, "tile")} moved`,
    sizes > 0 && `${places > 0 ? sizes : plural(sizes, "tile")} resized`,
    others > 0 && plural(others, "other change"),
  ];
  return words.filter(Boolean).join(", ");
}
