import { useLayoutEffect, useRef } from "preact/hooks";
import { plural } from "../../charts/numbers/format";
import { exact } from "../table/age";
import { Severity } from "../table/cells";
import { words } from "../findings";
import { kindWords } from "./kinds";
import { isWebPage } from "../keyboard";
import type { Row } from "../table/rows";
import { Outcome } from "./copies";
import { Small } from "./small";
import type { Glance } from "./tiles";
import { COPY, DETAIL, INCOMPLETE, NO_OWNER, TRY_AGAIN, UNNAMED } from "../texts";
import type { View } from "../view";

interface Props {
  row: Row;
  span: number;
  view: View;
  /** Told how high it is, so that rows below it know their place. */
  measured(height: number): void;
}

/** What a row shows when it is opened. */
export function Detail({ row, span, view, measured }: Props) {
  const inside = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = inside.current;
    if (!box) return;
    const watcher = new ResizeObserver(() => measured(box.offsetHeight));
    watcher.observe(box);
    return () => watcher.disconnect();
  }, []);
  return (
    <tr class="dw-detail" data-dw-detail={row.id}>
      <td colSpan={span}>
        <div ref={inside} class="dw-inside">
          <div class="dw-about">
            {row.description ? (
              <p>
                <bdi>{row.description}</bdi>
              </p>
            ) : (
              <p class="dw-second">{DETAIL.noDescription}</p>
            )}
            <p class="dw-second">
              {DETAIL.about(row.id, row.created_at === null ? null : exact(row.created_at))}
              <bdi>
                {row.owner ? `${row.owner} (${row.owner_email ?? DETAIL.noEmail})` : NO_OWNER}
              </bdi>
            </p>
            {isWebPage(row.url) && (
              <a href={row.url} target="_blank" rel="noopener noreferrer">
                {DETAIL.open}
                <span aria-hidden="true"> ↗</span>
              </a>
            )}
          </div>
          <Openers view={view} row={row} />
          {view.traits.live.value ? <Tiles view={view} id={row.id} /> : <NoTiles />}
          {row.findings && row.findings.length > 0 && <Findings row={row} />}
        </div>
      </td>
    </tr>
  );
}

const OPENERS = ["watch", "edit", "arrange", "history", "duplicate"];

/** What can be done with the dashboard: where somebody listens, and where it can be copied to. */
function Openers({ view, row }: { view: View; row: Row }) {
  const { opens, copies_to } = view.traits;
  const copy = view.copies.of(row.id).value;
  const isGoing = copy !== null && !copy.done && !copy.why;
  if (!opens.value && copies_to.value.length === 0) return null;
  return (
    <div>
      <div class="dw-openers" role="group" aria-label={DETAIL.menu(row.name || UNNAMED)}>
        {opens.value &&
          OPENERS.map((what) => (
            <button key={what} type="button" class="dw-button" onClick={() => view.open(row.id, what)}>
              {what[0]!.toUpperCase() + what.slice(1)}
            </button>
          ))}
        {copies_to.value.map((to) => (
          <button
            key={to}
            type="button"
            class="dw-button"
            disabled={isGoing}
            onClick={() => void view.copies.make(row.id, to)}
          >
            {COPY.to(to)}
          </button>
        ))}
      </div>
      <Outcome copy={copy} />
    </div>
  );
}

function Tiles({ view, id }: { view: View; id: number }) {
  const glance = view.tiles.of(id).value;
  return (
    <section class="dw-tiles" aria-label={DETAIL.tiles} aria-busy={glance.phase === "reading"}>
      <Glanced glance={glance} view={view} id={id} />
      {glance.phase === "read" && <UsedNames names={glance.uses} view={view} />}
    </section>
  );
}

function Glanced({ glance, view: { tiles }, id }: { glance: Glance; view: View; id: number }) {
  if (glance.phase === "reading")
    return (
      <>
        <h4>{DETAIL.loading}</h4>
        <ul aria-hidden="true">
          {[0, 1, 2, 3].map((nth) => (
            <li key={nth} class="dw-small dw-skeleton" />
          ))}
        </ul>
      </>
    );
  if (glance.phase === "failed")
    return (
      <p class="dw-failed" role="alert">
        {glance.why}{" "}
        <button type="button" class="dw-button" onClick={() => tiles.again(id)}>
          {TRY_AGAIN}
        </button>
      </p>
    );
  const small = tiles.small(id).value;
  if (Array.isArray(small))
    return (
      <>
        <h4>{plural(small.length, "tile")}</h4>
        <ul>
          {small.map((tile) => (
            <Small key={tile.id} tile={tile} />
          ))}
        </ul>
      </>
    );
  const { complete } = glance;
  return (
    <>
      <h4 title={DETAIL.source}>
        {glance.tiles.length === 0 ? DETAIL.noTiles : plural(glance.tiles.length, "insight tile")}
        {!complete && <span class="dw-chip dw-warn">{INCOMPLETE}</span>}
        <span class="dw-second">{DETAIL.notListed} </span>
        <button
          type="button"
          class="dw-button"
          disabled={small === "reading"}
          title={DETAIL.drawHint}
          onClick={() => void tiles.draw(id)}
        >
          {small === "reading" ? DETAIL.loading : DETAIL.draw}
        </button>
      </h4>
      {small && small !== "reading" && (
        <p class="dw-failed" role="alert">
          {small.why}
        </p>
      )}
      <ul>
        {glance.tiles.map((tile) => (
          <li key={tile.id} class="dw-small">
            <bdi class="dw-clip" title={tile.name ?? undefined}>
              {tile.name ?? UNNAMED}
            </bdi>
            <span class="dw-second">{kindWords(tile)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the tiles depend on; a click leaves the dashboards that do too. */
function UsedNames({ names, view }: { names: readonly string[]; view: View }) {
  if (names.length === 0) return null;
  const wanted = view.traits.facets.value["uses"] ?? [];
  return (
    <>
      <h4>{DETAIL.uses}</h4>
      <div class="dw-choices">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            class={wanted.includes(name) ? "dw-chip dw-on" : "dw-chip"}
            aria-pressed={wanted.includes(name)}
            title={DETAIL.usesHint}
            onClick={() => view.want("uses", name)}
          >
            <bdi class="dw-clip">{name}</bdi>
          </button>
        ))}
      </div>
      {view.uses.why.value && (
        <p class="dw-failed" role="alert">
          {view.uses.why.value}
        </p>
      )}
    </>
  );
}

function NoTiles() {
  return <p class="dw-second">{DETAIL.needsKernel}</p>;
}

function Findings({ row }: { row: Row }) {
  return (
    <section aria-label={DETAIL.findings} class="dw-found">
      <h4>{plural(row.findings!.length, "finding")}</h4>
      <ul>
        {row.findings!.map((finding, nth) => (
          <li key={nth}>
            <Severity severity={finding.severity}>{words(finding.rule)}</Severity>
            <bdi>
              {finding.tile && `${finding.tile}: `}
              {finding.evidence}
            </bdi>
            <span class="dw-second"> {finding.suggestion}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
