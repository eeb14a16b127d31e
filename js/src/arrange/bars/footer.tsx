import { useSignal } from "@preact/signals";
import { plural } from "../../charts/numbers/format";
import type { Mode, View } from "../view";

type Keys = readonly (readonly [key: string, does: string])[];

const KEYS: Record<Mode, Keys> = {
  desktop: [
    ["enter", "pick up"],
    ["←↑→↓", "move"],
    ["shift + ←↑→↓", "resize"],
    ["x", "select"],
    ["esc", "cancel"],
  ],
  list: [
    ["enter", "pick up"],
    ["↑↓", "move"],
    ["esc", "cancel"],
  ],
  mobile: [],
};

/** What is not saved yet, what saving costs, and the way back. */
export function Footer({ view }: { view: View }) {
  const isOpen = useSignal(false);
  const rows = view.pending_rows.value;
  const { saving, can_undo, can_redo, requests, message } = view.progress.value;
  const keys = view.board.value.denied ? [] : KEYS[view.mode.value];
  const immediate = view.saves.value === "immediately";
  const words = view.note.value || message;
  return (
    <div class="dw-end">
      {isOpen.value && rows.length > 0 && <Pending view={view} />}
      {message && (
        <p class="dw-banner" data-dw-bad role="alert">
          {message} Nothing that was not saved is lost.
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
          {keys.map(([key, does]) => (
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
  const boards = [view.board.value, ...(view.targets.value ?? [])];
  const names = new Map(boards.map(({ id, name }) => [`dashboard ${id}`, name]));
  const placed = (change: string, words: string) =>
    BETWEEN_BOARDS.has(change) ? (names.get(words) ?? words) : words;
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
              <td>{placed(change, before)}</td>
              <td>{placed(change, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const BETWEEN_BOARDS = new Set(["moved", "moved back", "copied", "copy removed"]);
const VERBS: Record<string, string> = {
  moved: "moved away",
  removed: "removed",
  added: "added",
  copied: "copied",
  "moved back": "moved back",
  "brought back": "brought back",
};

/** "2 tiles moved, 1 resized, 1 removed". */
function summary(view: View): string {
  const saved = new Map(view.saved.value.map(({ id, box }) => [id, box]));
  const drafted = new Map(view.draft.value.map(({ id, box }) => [id, box]));
  const counts = new Map<string, number>();
  for (const { tile, change } of view.pending_rows.value) {
    const was = saved.get(tile);
    const now = drafted.get(tile);
    const isResized = was?.w !== now?.w || was?.h !== now?.h;
    const verb = change === "place" ? (isResized ? "resized" : "moved") : VERBS[change];
    counts.set(verb ?? "", (counts.get(verb ?? "") ?? 0) + 1);
  }
  const others = counts.get("");
  counts.delete("");
  const words = [...counts].map(([verb, count], at) =>
    at === 0 ? `${plural(count, "tile")} ${verb}` : `${count} ${verb}`,
  );
  if (others) words.push(plural(others, words.length > 0 ? "other change" : "change"));
  return words.join(", ");
}
