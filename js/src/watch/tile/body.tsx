import { useComputed } from "@preact/signals";
import type { Drawing } from "../../charts/drawing";
import { Chart } from "../../charts/index";
import { Markdown } from "../../charts/text/markdown";
import { Unknown } from "../../charts/unknown";
import type { Content } from "./content";
import type { TileState } from "../state";
import { TILE } from "../texts";
import { absenceOf, failureOf, type Trouble } from "./trouble";
import type { View } from "../view";

interface BodyProps {
  id: number;
  state: TileState;
  content: Content;
  drawing: Drawing | null;
  view: View;
}

/** What a tile that arrived shows: its content, or why there is none. */
export function Body({ id, state, content, drawing, view }: BodyProps) {
  const failure = failureOf(state);
  if (failure) return <Why trouble={failure} failed id={id} view={view} />;
  switch (content.kind) {
    case "insight": {
      const absence = absenceOf(content.insight, state.truncated);
      if (absence) return <Why trouble={absence} failed={false} id={id} view={view} />;
      return drawing && <Chart drawing={drawing} />;
    }
    case "text":
      return <Markdown body={content.body} />;
    case "button":
      return <Button label={content.label} url={content.url} boardUrl={view.live.board.value.url} />;
    case "widget":
      return <Unknown name={TILE.widget(content.type)} count={null} />;
    case "unknown":
      return <Unknown name={TILE.unknown} count={null} />;
  }
}

interface WhyProps {
  trouble: Trouble;
  failed: boolean;
  id: number;
  view: View;
}

function Why({ trouble, failed, id, view: { live } }: WhyProps) {
  const isAsked = useComputed(() => live.status.value.asking.includes(id)).value;
  return (
    <div class="dw-note" data-dw-failed={failed || undefined}>
      <p>{trouble.sentence}</p>
      <p class="dw-advice">{trouble.advice}</p>
      {trouble.isRetried && !live.board.value.recorded && (
        <button type="button" class="dw-button" disabled={isAsked} onClick={() => live.retry(id)}>
          {isAsked ? TILE.retrying : TILE.retry}
        </button>
      )}
    </div>
  );
}

/** A path leads to where the board is, never into the notebook server. */
function Button({ label, url, boardUrl }: { label: string; url: string; boardUrl: string }) {
  const from = boardUrl || undefined;
  const target = URL.canParse(url, from) ? new URL(url, from) : null;
  if (!target || !/^https?:$/.test(target.protocol)) return <p class="dw-note">{label}</p>;
  return (
    <a class="dw-button" href={target.href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
