import { useLayoutEffect, useRef } from "preact/hooks";
import { plural } from "../../charts/numbers/format";
import { exact } from "../table/age";
import { Severity } from "../table/cells";
import { words } from "../findings";
import { kindWords } from "./kinds";
import { isWebPage } from "../keyboard";
import type { Row } from "../table/rows";
import type { Glance } from "./tiles";
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
              <p class="dw-second">No description.</p>
            )}
            <p class="dw-second">
              Id {row.id} · made{" "}
              {row.created_at === null ? "at an unknown time" : exact(row.created_at)} · by{" "}
              <bdi>{row.owner ? `${row.owner} (${row.owner_email ?? "no e-mail"})` : "nobody"}</bdi>
            </p>
            {isWebPage(row.url) && (
              <a href={row.url} target="_blank" rel="noopener noreferrer">
                Open in PostHog<span aria-hidden="true"> ↗</span>
              </a>
            )}
          </div>
          {view.traits.live.value ? <Tiles view={view} id={row.id} /> : <NoTiles />}
          {row.findings && row.findings.length > 0 && <Findings row={row} />}
        </div>
      </td>
    </tr>
  );
}

function Tiles({ view, id }: { view: View; id: number }) {
  const glance = view.tiles.of(id).value;
  return (
    <section class="dw-tiles" aria-label="Tiles" aria-busy={glance.phase === "reading"}>
      <Glanced glance={glance} again={() => view.tiles.again(id)} />
      {glance.phase === "read" && <UsedNames names={glance.uses} view={view} />}
    </section>
  );
}

function Glanced({ glance, again }: { glance: Glance; again: () => void }) {
  if (glance.phase === "reading")
    return (
      <>
        <h4>Reading tiles</h4>
        <ul aria-hidden="true">
          {[0, 1, 2, 3].map((nth) => (
            <li key={nth} class="dw-tile dw-skeleton" />
          ))}
        </ul>
      </>
    );
  if (glance.phase === "failed")
    return (
      <p class="dw-failed" role="alert">
        {glance.why}{" "}
        <button type="button" class="dw-button" onClick={again}>
          Try again
        </button>
      </p>
    );
  const { tiles, complete } = glance;
  return (
    <>
      <h4 title="From the insights list, which opens no dashboard and knows no text tiles">
        {tiles.length === 0 ? "No insight tiles" : plural(tiles.length, "insight tile")}
        {!complete && <span class="dw-chip dw-warn">INCOMPLETE</span>}
        <span class="dw-second"> · texts, buttons and layout are not in the list read</span>
      </h4>
      <ul>
        {tiles.map((tile) => (
          <li key={tile.id} class="dw-tile">
            <bdi class="dw-clip" title={tile.name ?? undefined}>
              {tile.name ?? "unnamed"}
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
      <h4>Uses</h4>
      <div class="dw-choices">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            class={wanted.includes(name) ? "dw-chip dw-on" : "dw-chip"}
            aria-pressed={wanted.includes(name)}
            title="Only dashboards that use it"
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
  return <p class="dw-second">Tiles are shown where Python runs.</p>;
}

function Findings({ row }: { row: Row }) {
  return (
    <section aria-label="Findings" class="dw-found">
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
