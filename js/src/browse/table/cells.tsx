import type { ComponentChildren, JSX } from "preact";
import { age, exact, neglect } from "./age";
import type { Column } from "./columns";
import { byRule, words } from "../findings";
import { CELL, COLUMN_TITLES, NO_OWNER, UNNAMED } from "../texts";
import type { Row } from "./rows";

interface Props {
  row: Row;
  now: number;
}

/** What one cell shows, and what its tooltip says. */
export function Cell({ column, row, now }: Props & { column: Column }) {
  const { name, kind } = column;
  const value = row[name];
  if (kind === "age" || kind === "time") {
    const moment = value as number | null;
    const said = name === "last_accessed_at" ? CELL.never : CELL.unknown;
    return (
      <td class={`dw-col-${name}`} title={moment === null ? undefined : exact(moment)}>
        {kind === "age" && <Age moment={moment} now={now} />}
        {moment === null ? said : age(moment, now)}
      </td>
    );
  }
  if (kind === "mark") return <td class={`dw-col-${name}`}>{value ? CELL.yes : ""}</td>;
  if (kind === "own") return OWN[name]?.({ row, now }) ?? <td />;
  return (
    <td class={`dw-col-${name} dw-kind-${kind}`} title={String(value ?? "")}>
      {value === null ? "" : <bdi>{String(value)}</bdi>}
    </td>
  );
}

/** A small bar beside the words: how long nobody has been there. */
function Age({ moment, now }: { moment: number | null; now: number }) {
  return (
    <span class="dw-age" aria-hidden="true">
      <span style={{ width: `${100 * neglect(moment, now)}%` }} />
    </span>
  );
}

const OWN: Record<string, (props: Props) => JSX.Element> = {
  pinned: ({ row }) => <td class="dw-col-pinned">{row.pinned && <span title={COLUMN_TITLES.pinned}>★</span>}</td>,
  name: ({ row }) => (
    <td class="dw-col-name" title={[row.name, row.description].filter(Boolean).join("\n")}>
      <span class="dw-name">
        <b>
          <bdi>{row.name || <i>{UNNAMED}</i>}</bdi>
        </b>
        {row.public && <span class="dw-chip dw-warn">{CELL.public}</span>}
        {row.restricted && <span class="dw-chip">{CELL.restricted}</span>}
        {row.description && (
          <span class="dw-second">
            · <bdi>{row.description}</bdi>
          </span>
        )}
      </span>
    </td>
  ),
  owner: ({ row }) => (
    <td class="dw-col-owner" title={row.owner_email ?? undefined}>
      <span class="dw-initials" aria-hidden="true">
        {initials(row.owner)}
      </span>
      <bdi>{row.owner ?? NO_OWNER}</bdi>
    </td>
  ),
  tags: ({ row }) => (
    <td class="dw-col-tags" title={row.tags.join(", ")}>
      {row.tags.map((tag) => (
        <bdi key={tag} class="dw-chip">
          {tag}
        </bdi>
      ))}
    </td>
  ),
  restriction_level: ({ row }) => (
    <td class="dw-col-restriction_level" title={`restriction_level ${row.restriction_level}`}>
      {row.restricted ? CELL.collaborators : CELL.everyone}
    </td>
  ),
  privilege_level: ({ row }) => (
    <td class="dw-col-privilege_level" title={`privilege_level ${row.privilege_level}`}>
      {row.privilege_level === null ? CELL.unknown : row.privilege_level > 21 ? CELL.edit : CELL.view}
    </td>
  ),
  findings: ({ row }) => (
    <td class="dw-col-findings" title={told(row)}>
      {row.findings === null ? <span class="dw-second">{CELL.notEvaluated}</span> : <Rules row={row} />}
    </td>
  ),
};

/** Rules a cell names; the tooltip and the opened row have them all. */
const NAMED = 2;

function Rules({ row }: { row: Row }) {
  const groups = byRule(row.findings ?? []);
  const more = groups.length - NAMED;
  return (
    <span class="dw-rules">
      {groups.slice(0, NAMED).map(({ rule, severity, count }) => (
        <Severity key={rule} severity={severity}>
          {words(rule)}
          {count > 1 && <span class="dw-count"> {count}</span>}
        </Severity>
      ))}
      {more > 0 && <span class="dw-second">+{more}</span>}
    </span>
  );
}

const MARKS: Record<string, string> = { high: "▲", medium: "◆", low: "▪", info: "·" };

/** A chip that says how bad something is by its sign, its color and a word. */
export function Severity(props: { severity: string; children: ComponentChildren }) {
  const { severity, children } = props;
  return (
    <span class="dw-chip dw-severity" data-dw-severity={severity}>
      <span aria-hidden="true">{MARKS[severity] ?? "·"} </span>
      <span class="dw-hidden">{severity}: </span>
      {children}
    </span>
  );
}

function told({ findings }: Row): string | undefined {
  return findings
    ?.map(({ severity, rule, evidence }) => `${severity}: ${words(rule)}: ${evidence}`)
    .join("\n");
}

function initials(owner: string | null): string {
  if (!owner) return "–";
  const parts = owner.split(/[\s@.]+/).filter(Boolean);
  return parts
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}
