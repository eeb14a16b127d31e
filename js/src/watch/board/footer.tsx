import { nameOf } from "../tile/content";
import type { View } from "../view";
import { KEYS, resultText, RETRY_KEY } from "../texts";

export function Footer({ view: { live, note } }: { view: View }) {
  const arrived = live.tiles.entries.value.filter(({ state }) => state.value);
  const frames = new Set(arrived.map(nameOf).filter(Boolean));
  const keys = live.board.value.recorded ? KEYS : [...KEYS, RETRY_KEY];
  return (
    <footer class="dw-bar dw-foot">
      <span>{resultText(live.status.value, frames.size)}</span>
      <span role="status">{note.value}</span>
      <span class="dw-push dw-keys">
        {keys.map(([key, does]) => (
          <span key={key}>
            <kbd class="dw-key">{key}</kbd> {does}
          </span>
        ))}
      </span>
    </footer>
  );
}
