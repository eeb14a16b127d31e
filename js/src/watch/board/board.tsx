import { useSignalEffect } from "@preact/signals";
import { themed } from "../../charts/colors/theme_colors";
import { Announcer } from "./announcer";
import { Footer } from "./footer";
import { Header } from "./header";
import { Large } from "../tile/large";
import { isOver, together } from "../live";
import { Tile } from "../tile/tile";
import { Timeline } from "./timeline";
import { EMPTY, UNTITLED_BOARD } from "../texts";
import type { View } from "../view";

export function Boards({ views, root }: { views: readonly View[]; root: HTMLElement }) {
  useSignalEffect(() => {
    root.dataset["dwPhase"] = together(views.map(({ live }) => live));
  });
  return (
    <>
      {views.map((view) => (
        <Board key={view.live.board.value.id} view={view} />
      ))}
    </>
  );
}

function Board({ view }: { view: View }) {
  const { board, isNarrow } = view.live;
  return (
    <section
      class="dw-board"
      aria-label={board.value.name || UNTITLED_BOARD}
      data-dw-board={board.value.id}
      data-dw-narrow={isNarrow || undefined}
      style={themed(board.value.theme_colors ?? {})}
    >
      <Header view={view} />
      {!board.value.sortable && <Timeline view={view} />}
      <Grid view={view} />
      <Footer view={view} />
      <Large view={view} />
      <Announcer live={view.live} />
    </section>
  );
}

function Grid({ view }: { view: View }) {
  const { live, placed } = view;
  if (placed.value.length === 0) {
    const isEmpty = isOver(live.status.value) && !live.opening.value;
    return <p class="dw-empty">{isEmpty ? EMPTY.over : EMPTY.waiting}</p>;
  }
  return (
    <div class="dw-grid">
      {placed.value.map(({ entry, box }) => (
        <Tile key={entry.id} entry={entry} box={box} view={view} />
      ))}
    </div>
  );
}
