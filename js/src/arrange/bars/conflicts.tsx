import { useSignal, useSignalEffect } from "@preact/signals";
import { isSameBox } from "../board/moves";
import type { Box } from "../state";
import { CONFLICT, DONE, SAVED, placeText } from "../texts";
import type { View } from "../view";

interface Small {
  id: number;
  name: string;
  box: Box;
}

/** Somebody else rearranged the dashboard in the meantime: shows both layouts, the user chooses. */
export function Theirs({ view }: { view: View }) {
  const theirs = view.theirs.value;
  if (theirs.length === 0) return null;
  const mine = [...view.boxes.value].map(([id, box]) => ({ id, name: view.title(id), box }));
  const rows = Math.max(1, ...[...mine, ...theirs].map(({ box }) => box.y + box.h));
  return (
    <section class="dw-theirs" role="alert" aria-label={CONFLICT.label}>
      <p>
        <b>{CONFLICT.title}</b> {CONFLICT.question}
      </p>
      <div class="dw-both">
        <Choice title={CONFLICT.mine} action={CONFLICT.keepMine} tiles={mine} against={theirs} rows={rows}
          onPick={() => void view.perform("keep_mine", {}, DONE.keepMine)} />
        <Choice title={CONFLICT.theirs} action={CONFLICT.takeTheirs} tiles={theirs} against={mine} rows={rows}
          onPick={() => void view.perform("take_theirs", {}, DONE.takeTheirs)} />
      </div>
    </section>
  );
}

function Choice(props: {
  title: string;
  action: string;
  tiles: readonly Small[];
  against: readonly Small[];
  rows: number;
  onPick: () => void;
}) {
  const others = new Map(props.against.map(({ id, box }) => [id, box]));
  return (
    <div class="dw-choice">
      <div class="dw-choice-head">
        <span>{props.title}</span>
        <button type="button" class="dw-button" onClick={props.onPick}>
          {props.action}
        </button>
      </div>
      <div class="dw-plan" role="img" style={{ "--rows": props.rows }}
        aria-label={`${props.title}: ${props.tiles.map(described).join("; ")}`}>
        {props.tiles.map(({ id, name, box }) => (
          <span key={id} title={name} data-dw-other={!isSameBox(box, others.get(id)) || undefined}
            style={{ "--x": box.x + 1, "--y": box.y + 1, "--w": box.w, "--h": box.h }}>
            {box.h > 1 && name}
          </span>
        ))}
      </div>
    </div>
  );
}

/** What the last save resulted in, where that is not what was requested. */
export function Saved({ view }: { view: View }) {
  const seen = useSignal("");
  const rows = view.differs.value;
  const notes = view.notes.value;
  const all = JSON.stringify([rows, notes]);
  const { saving } = view.progress.value;
  // The next save is reported again, also when its result is the same.
  useSignalEffect(() => {
    if (view.progress.value.saving) seen.value = "";
  });
  if (saving || (rows.length === 0 && notes.length === 0) || seen.value === all) return null;
  return (
    <section class="dw-theirs" role="alert" aria-label={SAVED.label}>
      <button type="button" class="dw-quiet dw-close" aria-label={SAVED.dismiss}
        onClick={() => (seen.value = all)}>
        ✕
      </button>
      {rows.length > 0 && (
        <>
          <p>
            <b>{SAVED.differs}</b> {SAVED.shown}
          </p>
          <ul>
            {rows.map(({ tile, name, asked, got }) => (
              <li key={`${tile} ${asked}`}>{SAVED.row(name, asked, got)}</li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => <p key={note}>{note}</p>)}
    </section>
  );
}

const described = ({ name, box }: Small) => `${name}: ${placeText(box)}`;
