import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { plannedText, REFUSED, TARGETS } from "../texts";
import type { Target, View } from "../view";

/** Other dashboards: drop a tile on one, or send what is selected. */
export function Targets({ view }: { view: View }) {
  const search = useSignal("");
  const held = view.hold.value;
  const ids = held?.by === "pointer" ? held.ids : [...view.selected.value];
  const found = view.targets.value?.filter(({ name }) =>
    name.toLowerCase().includes(search.value.trim().toLowerCase()),
  );
  return (
    <>
      <p class="dw-advice">
        {ids.length > 0
          ? TARGETS.chosen(ids.map((id) => view.title(id)), held !== null)
          : TARGETS.advice}
      </p>
      <input
        type="search"
        aria-label={TARGETS.search}
        placeholder={TARGETS.search}
        value={search.value}
        onInput={({ currentTarget }) => (search.value = currentTarget.value)}
      />
      {found ? (
        <ul class="dw-targets" aria-label={TARGETS.list}>
          {found.map((target) => (
            <Row key={target.id} target={target} ids={ids} view={view} />
          ))}
          {found.length === 0 && <li class="dw-advice">{TARGETS.none}</li>}
        </ul>
      ) : (
        <p class="dw-advice">{TARGETS.loading}</p>
      )}
    </>
  );
}

function Row({ target, ids, view }: { target: Target; ids: readonly number[]; view: View }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const { current } = row;
    const take = (event: Event) => send((event as CustomEvent<number[]>).detail, target, "move", view);
    current?.addEventListener("dw-drop", take);
    return () => current?.removeEventListener("dw-drop", take);
  }, [target, view]);
  const moving = refusal(ids, target, "move", view);
  const copying = refusal(ids, target, "copy", view);
  const there = new Set(
    view.saved.value.filter(({ copy_to }) => copy_to.includes(target.id)).map(({ id }) => id),
  );
  const coming = view.draft.value.filter(
    ({ id, to, copy_to }) => to === target.id || (copy_to.includes(target.id) && !there.has(id)),
  ).length;
  const button = (how: "move" | "copy", why: string) => (
    <button
      type="button"
      class="dw-button"
      aria-label={TARGETS.button(TARGETS[how], target.name)}
      disabled={ids.length === 0 || why !== ""}
      onClick={() => send(ids, target, how, view)}
    >
      {TARGETS[how]}
    </button>
  );
  return (
    <li ref={row} data-dw-target={target.id}>
      <span class="dw-target-name">
        {target.name}
        {coming > 0 && <span class="dw-chip">{TARGETS.coming(coming)}</span>}
        {(moving || copying) && <small>{moving || copying}</small>}
      </span>
      {button("move", moving)}
      {button("copy", copying)}
    </li>
  );
}

/** Why PostHog would refuse; empty when it would not. */
function refusal(
  ids: readonly number[],
  { id: there, reason }: Target,
  how: "move" | "copy",
  view: View,
): string {
  if (reason) return reason;
  for (const id of ids) {
    const fact = view.fact(id);
    const tile = view.tile(id);
    if (!fact) return REFUSED.notSaved(view.title(id));
    if (fact.places.includes(there) || tile?.copy_to.includes(there)) {
      return REFUSED.alreadyThere(view.title(id));
    }
    if (how === "copy" && fact.kind !== "insight" && fact.kind !== "text") {
      return REFUSED.notCopied(fact.kind);
    }
  }
  return "";
}

function send(ids: readonly number[], target: Target, how: "move" | "copy", view: View): void {
  const why = refusal(ids, target, how, view);
  if (why) {
    view.note.value = `${target.name}: ${why}`;
    return;
  }
  if (how === "move") view.change(ids, { to: target.id });
  else for (const id of ids) view.change([id], { copy_to: [...(view.tile(id)?.copy_to ?? []), target.id] });
  const titles = ids.map((id) => view.title(id));
  view.note.value = plannedText(titles, how === "move", target.name, view.saves.value === "click");
}
