import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../../charts/numbers/format";
import type { Change, Plan, Step, Verb } from "./actions";
import { CANCEL, CLOSE, PLAN, UNNAMED, VERBS } from "../texts";
import type { View } from "../view";

/** What is about to be done, or was: always shown before it is sent. */
export function PlanPanel({ view }: { view: View }) {
  const box = useRef<HTMLElement>(null);
  const step = view.actions.step.value;
  useEffect(() => {
    // What had the focus is gone with its step. It never goes to a button that sends: an Enter
    // too many would.
    (box.current?.querySelector<HTMLElement>("input") ?? box.current)?.focus();
  }, [step?.kind]);
  if (!step) return null;
  return (
    <section ref={box} tabIndex={-1} class="dw-plan" aria-label={PLAN.label} aria-busy={step.kind === "working"}>
      {step.kind === "words" && <Words view={view} step={step} />}
      {step.kind === "working" && <p role="status">{step.what}…</p>}
      {step.kind === "failed" && (
        <p class="dw-failed" role="alert">
          {step.why} <Close view={view} />
        </p>
      )}
      {step.kind === "plan" && <Planned view={view} plan={step.plan} verb={step.verb} />}
    </section>
  );
}

function Words({ view, step }: { view: View; step: Step & { kind: "words" } }) {
  const typed = useSignal("");
  const picked = new Set(step.ids);
  const rows = view.rows.value.filter((row) => step.verb === "tag" || picked.has(row.id));
  const known = [...new Set(rows.flatMap((row) => row.tags))].sort();
  const tags = typed.value.split(",").map((tag) => tag.trim()).filter(Boolean);
  const go = () => tags.length > 0 && view.actions.draft(step.verb, step.ids, tags);
  return (
    <div class="dw-bar">
      <label>
        {PLAN.tag(VERBS[step.verb], step.ids.length)}{" "}
        <input
          class="dw-search dw-narrow"
          list={`dw-tags-${step.verb}`}
          placeholder={PLAN.tagsHint}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && !event.isComposing && go()}
        />
      </label>
      <datalist id={`dw-tags-${step.verb}`}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <button type="button" class="dw-button" disabled={tags.length === 0} onClick={go}>
        {PLAN.preview}
      </button>
      <Close view={view} title={CANCEL} />
    </div>
  );
}

function Planned({ view, plan, verb }: { view: View; plan: Plan; verb: Verb }) {
  const { phase, states, changes } = plan;
  const ready = states["ready"] ?? 0;
  const done = states["done"] ?? 0;
  return (
    <>
      <p class="dw-plan-head">
        <b>{headline(plan, verb)}</b>{" "}
        {Object.entries(states).map(([state, number]) => (
          <span key={state} class="dw-chip dw-state" data-dw-state={state}>
            {count(number)} {state}
          </span>
        ))}
        {phase === "draft" && plan.count > 0 && <span class="dw-second"> {plan.price}</span>}
      </p>
      {changes.length > 0 && (
        <div class="dw-plan-rows" tabIndex={0} role="group" aria-label={PLAN.changes}>
          <table>
            <colgroup>
              {["28%", "15%", "20%", "20%", "17%"].map((width, nth) => (
                <col key={nth} style={{ width }} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {PLAN.columns.map((title) => (
                  <th key={title}>{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <Row key={`${change.dashboard} ${change.field}`} change={change} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changes.length < plan.count && (
        <p class="dw-second">{PLAN.cut(changes.length, plan.count)}</p>
      )}
      <div class="dw-bar">
        {phase === "draft" && ready > 0 && (
          <button
            type="button"
            class={verb === "delete" ? "dw-button dw-go dw-danger" : "dw-button dw-go"}
            onClick={() => view.actions.apply()}
          >
            {PLAN.send(ready)}
          </button>
        )}
        {phase === "applied" && done > 0 && (
          <button type="button" class="dw-button" onClick={() => view.actions.revert()}>
            {PLAN.undo(done)}
          </button>
        )}
        <Close view={view} title={phase === "draft" && plan.count > 0 ? CANCEL : CLOSE} />
        {phase === "draft" && verb === "delete" && (
          <span class="dw-second">{PLAN.backup}</span>
        )}
      </div>
    </>
  );
}

function Row({ change }: { change: Change }) {
  const { dashboard, dashboard_name, field, state, reason } = change;
  return (
    <tr>
      <td>
        <bdi>{dashboard_name ?? UNNAMED}</bdi> <span class="dw-second">{dashboard}</span>
      </td>
      <td>{field.replaceAll("_", " ")}</td>
      <td>
        <del>
          <bdi>{shown(change.old)}</bdi>
        </del>
      </td>
      <td>
        <bdi>{shown(change.new)}</bdi>
      </td>
      <td>
        <span class="dw-chip dw-state" data-dw-state={state}>
          {state}
        </span>{" "}
        {reason && <bdi>{reason}</bdi>}
      </td>
    </tr>
  );
}

function Close({ view, title = CLOSE }: { view: View; title?: string }) {
  return (
    <button type="button" class="dw-button" onClick={() => view.actions.end()}>
      {title}
    </button>
  );
}

function headline({ phase, count: number, states }: Plan, verb: Verb): string {
  if (number === 0) return PLAN.nothing;
  if (phase === "draft") return PLAN.draft(VERBS[verb], number);
  if (phase === "collected") return PLAN.collected;
  return PLAN.done(phase === "reverted", states["done"] ?? 0, number);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length ? value.join(", ") : PLAN.none;
  if (typeof value === "boolean") return value ? PLAN.yes : PLAN.no;
  return value === null || value === "" ? PLAN.none : String(value);
}
