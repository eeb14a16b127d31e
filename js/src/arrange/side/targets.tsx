import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { plural } from "../../charts/numbers/format";
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
          ? `${plural(ids.length, "tile")} ${held ? "held" : "selected"}: ${ids.map((id) => view.title(id)).join(", ")}`
          : "Drop a tile on a dashboard, or select tiles first."}
      </p>
      <input
        type="search"
        aria-label="Search dashboards"
        placeholder="Search dashboards"
        value={search.value}
        onInput={({ currentTarget }) => (search.value = currentTarget.value)}
      />
      {found ? (
        <ul class="dw-targets" aria-label="Dashboards">
          {found.map((target) => (
            <Row key={target.id} target={target} ids={ids} view={view} />
          ))}
          {found.length === 0 && <li class="dw-advice">No dashboard is called that.</li>}
        </ul>
      ) : (
        <p class="dw-advice">Reading the dashboards …</p>
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
      aria-label={`${how === "move" ? "Move" : "Copy"} to ${target.name}`}
      disabled={ids.length === 0 || why !== ""}
      onClick={() => send(ids, target, how, view)}
    >
      {how === "move" ? "Move" : "Copy"}
    </button>
  );
  return (
    <li ref={row} data-dw-target={target.id}>
      <span class="dw-target-name">
        {target.name}
        {coming > 0 && <span class="dw-chip">{coming} coming</span>}
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
    if (!fact) return `Save ${view.title(id)} first.`;
    if (fact.places.includes(there) || tile?.copy_to.includes(there)) {
      return `Shows ${view.title(id)} already.`;
    }
    if (how === "copy" && fact.kind !== "insight" && fact.kind !== "text") {
      return `PostHog copies no ${fact.kind} tiles.`;
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
  const names = ids.map((id) => view.title(id)).join(", ");
  if (how === "move") view.change(ids, { to: target.id });
  else for (const id of ids) view.change([id], { copy_to: [...(view.tile(id)?.copy_to ?? []), target.id] });
  const when = view.saves.value === "click" ? " with the next Save" : "";
  view.note.value = `${names} will be ${how === "move" ? "moved" : "copied"} to ${target.name}${when}.`;
}
