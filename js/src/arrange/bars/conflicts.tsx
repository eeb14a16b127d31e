import { useSignal, useSignalEffect } from "@preact/signals";
import { isSameBox } from "../board/moves";
import type { Box } from "../state";
import type { View } from "../view";

interface Small {
  id: number;
  name: string;
  box: Box;
}

/** Somebody else rearranged the board meanwhile: both are shown, the user chooses. */
export function Theirs({ view }: { view: View }) {
  const theirs = view.theirs.value;
  if (theirs.length === 0) return null;
  const mine = [...view.boxes.value].map(([id, box]) => ({ id, name: view.title(id), box }));
  const rows = Math.max(1, ...[...mine, ...theirs].map(({ box }) => box.y + box.h));
  return (
    <section class="dw-theirs" role="alert" aria-label="Changed on the server">
      <p>
        <b>Somebody else changed this board meanwhile.</b> Nothing was saved. Which arrangement shall
        it be?
      </p>
      <div class="dw-both">
        <Choice title="Yours" action="Keep mine" tiles={mine} against={theirs} rows={rows}
          onPick={() => void view.tell("keep_mine", {}, "Kept yours: Save overwrites theirs.")} />
        <Choice title="On the server" action="Take theirs" tiles={theirs} against={mine} rows={rows}
          onPick={() => void view.tell("take_theirs", {}, "Took theirs; Undo brings yours back.")} />
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
        aria-label={`${props.title}: ${props.tiles.map(words).join("; ")}`}>
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

/** What the last save came to, where it is not what was asked or not all there is to say. */
export function Saved({ view }: { view: View }) {
  const seen = useSignal("");
  const rows = view.differs.value;
  const notes = view.notes.value;
  const all = JSON.stringify([rows, notes]);
  const { saving } = view.progress.value;
  // The next save has a word of its own, be it the same.
  useSignalEffect(() => {
    if (view.progress.value.saving) seen.value = "";
  });
  if (saving || (rows.length === 0 && notes.length === 0) || seen.value === all) return null;
  return (
    <section class="dw-theirs" role="alert" aria-label="About the last save">
      <button type="button" class="dw-quiet dw-close" aria-label="Dismiss"
        onClick={() => (seen.value = all)}>
        ✕
      </button>
      {rows.length > 0 && (
        <>
          <p>
            <b>The server stored something else than was asked.</b> The board shows what it has.
          </p>
          <ul>
            {rows.map(({ tile, name, before, after }) => (
              <li key={`${tile} ${before}`}>
                {name}: asked {before}, got {after}
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => <p key={note}>{note}</p>)}
    </section>
  );
}

const words = ({ name, box }: Small) => `${name} ${box.w} by ${box.h} at ${box.x}, ${box.y}`;
