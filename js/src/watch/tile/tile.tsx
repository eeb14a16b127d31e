import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { Boundary } from "../../charts/boundary";
import { hiddenOf, Legend } from "../../charts/interaction/legend";
import { text, type Json } from "../../charts/json";
import { Menu } from "../../charts/interaction/menu";
import { Toggles } from "../../charts/interaction/toggles";
import { Body } from "./body";
import { drawn } from "./drawn";
import { contentOf, hasHead, titleOf } from "./content";
import { isOver } from "../live";
import type { Box } from "../state";
import { TILE } from "../texts";
import type { Entry } from "./tiles";
import { failureOf } from "./trouble";
import type { View } from "../view";

export function Tile({ entry, box, view }: { entry: Entry; box: Box; view: View }) {
  // First the grey shape, then its content, also when both are known at once: whoever watches
  // the page sees each tile change.
  const isShaped = useSignal(false);
  useLayoutEffect(() => {
    isShaped.value = true;
  }, []);
  const state = isShaped.value ? entry.state.value : null;
  const { status } = view.live;
  const isStale = useComputed(() => {
    const { round } = entry.state.value ?? {};
    return round !== undefined && round < status.value.round;
  });
  const isAsked = useComputed(() => status.value.asking.includes(entry.id));

  return (
    <article
      class="dw-tile"
      tabIndex={0}
      aria-label={titleOf(entry)}
      aria-busy={!state || isAsked}
      data-dw-tile={entry.id}
      data-dw-state={state ? (failureOf(state) ? "failed" : "done") : "waiting"}
      data-dw-stale={isStale}
      data-dw-asked={isAsked}
      data-dw-color={text(state?.tile?.["color"]) || undefined}
      data-dw-bare={state?.tile?.["transparent_background"] === true || undefined}
      style={{ "--x": box.x + 1, "--y": box.y + 1, "--w": box.w, "--h": box.h }}
      onKeyDown={(event) => event.target === event.currentTarget && press(event, entry, view)}
    >
      <Inside entry={entry} view={view} isShown={state !== null} />
    </article>
  );
}

interface InsideProps {
  entry: Entry;
  view: View;
  isShown: boolean;
}

/** Title and content: the same in the grid and open large. */
export function Inside(props: InsideProps) {
  // Not only drawing may fail, but also reading what is to be drawn.
  return (
    <Boundary of={props.entry.state.value}>
      <Whole {...props} />
    </Boundary>
  );
}

function Whole({ entry, view, isShown }: InsideProps) {
  const state = entry.state.value;
  const content = useMemo(() => contentOf(state?.tile ?? {}), [state]);
  const colors = view.colors.value;
  const outside = view.outside.value;
  const drawing = useMemo(
    () => (content.kind === "insight" ? drawn(content.insight, JSON.parse(colors), outside) : null),
    [content, colors, outside],
  );
  const isDrawn = isShown && state && !failureOf(state);
  const { legend = "top" } = drawing ?? {};
  const isAtTop = legend === "top";
  const body = state && (
    <Body state={state} content={content} drawing={drawing} view={view} id={entry.id} />
  );
  return (
    <Toggles hidden={drawing ? hiddenOf(drawing) : []}>
      {hasHead(entry) && (
        <div class="dw-tile-head">
          <h3 title={titleOf(entry)}>{titleOf(entry)}</h3>
          {isDrawn && drawing && isAtTop && <Legend drawing={drawing} />}
          {state && content.kind === "insight" && (
            <Menu name={titleOf(entry)} onCopy={isDrawn && drawing ? () => void view.copy(entry) : undefined}>
              <Elsewhere id={entry.id} insight={content.insight} view={view} />
            </Menu>
          )}
        </div>
      )}
      <div class="dw-tile-body" data-dw-legend={legend}>
        {isShown && state ? (
          <Boundary of={state}>
            {isAtTop || !drawing ? (
              body
            ) : (
              <>
                <div class="dw-tile-inside">{body}</div>
                {isDrawn && <Legend drawing={drawing} />}
              </>
            )}
          </Boundary>
        ) : (
          <Missing view={view} />
        )}
      </div>
    </Toggles>
  );
}

/** Where more of a tile is: in PostHog, and in other widgets, where somebody listens. */
function Elsewhere({ id, insight, view: { live } }: { id: number; insight: Json; view: View }) {
  const { url } = live.board.value;
  const short = text(insight["short_id"]);
  return (
    <>
      {url && short && (
        <a href={`${url}/../../insights/${short}`} target="_blank" rel="noopener noreferrer">
          {TILE.open}
        </a>
      )}
      {live.opens.value &&
        TILE.wanted.map((what) => (
          <button key={what} type="button" onClick={() => live.open(id, what.toLowerCase())}>
            {what}
          </button>
        ))}
    </>
  );
}

/** Nothing has come of it yet; or nothing will. */
function Missing({ view: { live } }: { view: View }) {
  const isLost = useComputed(() => isOver(live.status.value) && !live.opening.value);
  return <div class="dw-grey">{isLost.value && TILE.missing}</div>;
}

export function press(event: KeyboardEvent, entry: Entry, view: View): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") view.large.value = entry;
  else if (event.key === "c") void view.copy(entry);
  else if (event.key === "r" && !view.live.board.peek().recorded) view.live.retry(entry.id);
  else return;
  event.preventDefault();
}
