import { useSignal } from "@preact/signals";
import { plural } from "../../charts/numbers/format";
import { Notice } from "../../shared/notice";
import { savedText } from "../../shared/perform";
import { DONE, FOOTER, KEYS, summaryText } from "../texts";
import type { View } from "../view";

/** What is not saved yet, what saving costs, and the way back. */
export function Footer({ view }: { view: View }) {
  const isOpen = useSignal(false);
  const rows = view.pending_rows.value;
  const { saving, can_undo, can_redo, requests, message } = view.progress.value;
  const keys = view.board.value.denied ? [] : KEYS[view.mode.value];
  const immediate = view.saves.value === "immediately";
  return (
    <div class="dw-end">
      {isOpen.value && rows.length > 0 && <Pending view={view} />}
      {message && (
        <Notice tone="bad">
          {message} {FOOTER.kept}
        </Notice>
      )}
      <div class="dw-bar dw-foot">
        {rows.length > 0 && (
          <>
            <button
              type="button"
              class="dw-quiet dw-edited"
              aria-expanded={isOpen.value}
              onClick={() => (isOpen.value = !isOpen.value)}
            >
              {summaryText(rows)}
            </button>
            <span>· {plural(requests, "request")}</span>
          </>
        )}
        <span role="status" class="dw-said">
          {saving ? FOOTER.saving : savedText(rows.length === 0, message ? "" : view.note.value)}
        </span>
        <span class="dw-push dw-keys">
          {keys.map(([key, does]) => (
            <span key={key}>
              <kbd class="dw-key">{key}</kbd> {does}
            </span>
          ))}
        </span>
        <span class="dw-actions">
          <Quiet disabled={!can_undo} onClick={() => void view.perform("undo", {}, DONE.undo)}>
            {FOOTER.undo}
          </Quiet>
          <Quiet disabled={!can_redo} onClick={() => void view.perform("redo", {}, DONE.redo)}>
            {FOOTER.redo}
          </Quiet>
          {!immediate && (
            <Quiet
              disabled={rows.length === 0 || saving}
              onClick={() => void view.perform("discard", {}, DONE.discard)}
            >
              {FOOTER.discard}
            </Quiet>
          )}
          <button
            type="button"
            class="dw-button dw-save"
            disabled={rows.length === 0 || saving}
            onClick={() => void view.save()}
          >
            {message ? FOOTER.again : FOOTER.save}
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
  const names = new Map(boards.map(({ id, name }) => [id, name]));
  const named = (id: number | null, words: string) => (id === null ? words : (names.get(id) ?? words));
  return (
    <div class="dw-pending" role="region" aria-label={FOOTER.pending} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {FOOTER.columns.map((title) => (
              <th scope="col" key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.pending_rows.value.map(({ tile, name, change, before, after, from_board, to_board }) => (
            <tr key={`${tile} ${change} ${to_board}`}>
              <td>{name}</td>
              <td>{change}</td>
              <td>{named(from_board, before)}</td>
              <td>{named(to_board, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

