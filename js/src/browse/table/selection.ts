/** How rows are picked: a click alone, with a toggle key, or with Shift. */
export type Gesture = "only" | "toggle" | "range";

export interface Selection {
  readonly ids: readonly number[];
  /** Where a range begins. */
  readonly anchor: number | null;
}

/** Pick a row among those that are shown, in their order. */
export function pick(
  now: Selection,
  id: number,
  gesture: Gesture,
  shown: readonly number[],
): Selection {
  if (gesture === "only") return { ids: [id], anchor: id };
  if (gesture === "toggle") {
    const has = now.ids.includes(id);
    return { ids: has ? now.ids.filter((other) => other !== id) : [...now.ids, id], anchor: id };
  }
  const from = now.anchor === null ? -1 : shown.indexOf(now.anchor);
  const to = shown.indexOf(id);
  if (from < 0) return { ids: [id], anchor: id };
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: [...new Set([...now.ids, ...range])], anchor: now.anchor };
}

/** Pick every row that is shown, or none of them if all are picked; hidden ones stay. */
export function pickShown(now: Selection, shown: readonly number[]): Selection {
  const picked = new Set(now.ids);
  const hasAll = shown.length > 0 && shown.every((id) => picked.has(id));
  const visible = new Set(shown);
  const ids = hasAll ? now.ids.filter((id) => !visible.has(id)) : [...new Set([...now.ids, ...shown])];
  return { ids, anchor: now.anchor };
}
