import { useSignalEffect } from "@preact/signals";
import { Announcer } from "./announcer";
import { Footer } from "./footer";
import { Header } from "./header";
import { Large } from "./large";
import { isOver } from "./live";
import { Tile } from "./tile";
import { Timeline } from "./timeline";
import type { View } from "./view";

export function Board({ view, root }: { view: View; root: HTMLElement }) {
  useSignalEffect(() => {
    root.dataset["dwPhase"] = view.live.status.value.phase;
  });
  return (
    <>
      <Header live={view.live} />
      <Timeline view={view} />
      <Grid view={view} />
      <Footer view={view} />
      <Large view={view} />
      <Announcer live={view.live} />
    </>
  );
}

function Grid({ view }: { view: View }) {
  if (view.placed.value.length === 0) {
    const isEmpty = isOver(view.live.status.value);
    return <p class="dw-empty">{isEmpty ? "No tiles." : "No tile has arrived yet."}</p>;
  }
  return (
    <div class="dw-grid">
      {view.placed.value.map(({ entry, box }) => (
        <Tile key={entry.id} entry={entry} box={box} view={view} />
      ))}
    </div>
  );
}
