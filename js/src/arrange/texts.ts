/** Every word of the arranger's view in one place, so that it can be read in one go. */

import { plural } from "../charts/numbers/format";
import type { Box, PendingRow } from "./state";

export const UNTITLED = { board: "Dashboard", tile: "Untitled", text: "Text" };
export const NO_TILES = "No tiles.";
export const CANCELED = "Canceled.";

export const UNCACHED = {
  missing: (tiles: number) => `${plural(tiles, "tile")} not computed yet, so without a preview.`,
  compute: "Compute",
  computing: "Computing…",
};

// Toolbar

export const TOOLBAR = {
  label: "Arrange",
  sort: "Sort",
  menu: (label: string) => `${label}: one step`,
  done: (label: string) => `Done: ${label}.`,
  tile: "Tile…",
  move: "Move to…",
  addText: "+ Text",
};
export const MODES = [
  { value: "desktop", label: "Desktop" },
  { value: "mobile", label: "Mobile" },
  { value: "list", label: "List" },
] as const;
export const COMMON_LAYOUTS = [
  ["tidy_up", "Tidy up"],
  ["two_columns", "Two columns"],
  ["full_width", "Full width"],
] as const;
export const OTHER_LAYOUTS = [
  ["by_name", "Sort by name"],
  ["by_kind", "Sort by kind"],
  ["pack", "Keep sizes and repack"],
  ["align_heights", "Align heights in rows"],
] as const;

// Tiles

export function tileLabel(title: string, kind: string, box: Box, isSelected: boolean): string {
  return `${title}, ${kind}, ${placeText(box)}${isSelected ? ", selected" : ""}`;
}

export function placeText({ x, y, w, h }: Box): string {
  return `column ${x + 1}, row ${y + 1}, ${w} wide, ${h} high`;
}

export const sizeText = ({ w, h }: Box) => `${w} × ${h}`;

export const KEYBOARD = {
  pickedUp: (title: string) =>
    `Picked up ${title}. Arrow keys move, Shift + arrow keys resize, Enter drops, Escape cancels.`,
  pickedUpRow: (title: string) =>
    `Picked up ${title}. Arrow keys move, Enter drops, Escape cancels.`,
  dropped: (place: string) => `Dropped. ${place}`,
  canceled: (place: string) => `Canceled. ${place}`,
  selected: (title: string, isSelected: boolean, count: number) =>
    `${title} ${isSelected ? "selected" : "deselected"}, ${count} selected in total.`,
  rank: (title: string, rank: number, count: number) => `${title}: ${rank} of ${count}.`,
};
export const MOBILE = {
  label: "The dashboard on a phone, in one column",
  advice: "Derived from the desktop order, with the same heights. There is nothing to save.",
};
export const LIST = {
  label: "Order of the tiles",
  advice: "Sizes stay the same. Tiles are packed in this order, each at the first place that fits.",
  packed: "Packed in this order.",
  row: (title: string, rank: number, count: number) => `${title}, ${rank} of ${count}`,
};

// Side panel

export const CLOSE = "Close";
export const DETAILS = {
  title: "Tile",
  advice: "Select a tile: click its header, or press x on it.",
  name: "Name (changes wherever the insight is shown)",
  body: "Text (markdown)",
  color: "Color",
  description: "Show description",
  transparent: "Transparent background",
  remove: "Remove from dashboard",
};
export const TARGETS = {
  label: "Move or copy",
  title: "Move or copy to",
  advice: "Drop a tile on a dashboard, or select tiles first.",
  chosen: (titles: string[], isHeld: boolean) =>
    `${plural(titles.length, "tile")} ${isHeld ? "held" : "selected"}: ${titles.join(", ")}`,
  search: "Search dashboards",
  list: "Dashboards",
  none: "No dashboard matches.",
  loading: "Loading dashboards…",
  move: "Move",
  copy: "Copy",
  button: (verb: string, name: string) => `${verb} to ${name}`,
  coming: (count: number) => `${count} to be added`,
};
export const REFUSED = {
  notSaved: (title: string) => `Save ${title} first.`,
  alreadyThere: (title: string) => `Already shows ${title}.`,
  notCopied: (kind: string) => `PostHog can't copy ${kind} tiles.`,
};

export function plannedText(titles: string[], isMove: boolean, target: string, onSave: boolean) {
  const when = onSave ? " when you save" : "";
  return `${titles.join(", ")} will be ${isMove ? "moved" : "copied"} to ${target}${when}.`;
}

// What has just happened

export const DONE = {
  undo: "Undone.",
  redo: "Redone.",
  discard: "Discarded. Undo restores it.",
  remove: "Removed. Undo restores it.",
  addText: "Added a text tile at the end.",
  keepMine: "Kept your version. Save overwrites the server's.",
  takeTheirs: "Kept the server's version. Undo restores yours.",
};
export const NEW_TEXT = "New text";

// Conflicts, and what a save resulted in

export const CONFLICT = {
  label: "Changed on the server",
  title: "Somebody else changed this dashboard in the meantime.",
  question: "Nothing was saved. Which layout do you want to keep?",
  mine: "Yours",
  theirs: "On the server",
  keepMine: "Keep mine",
  takeTheirs: "Take theirs",
};
export const SAVED = {
  label: "About the last save",
  dismiss: "Dismiss",
  differs: "The server stored something else than requested.",
  shown: "The dashboard shows what the server has.",
  row: (name: string, asked: string, got: string) => `${name}: requested ${asked}, stored ${got}`,
};

// Footer

export const FOOTER = {
  saving: "Saving…",
  kept: "Your unsaved changes are kept.",
  undo: "Undo",
  redo: "Redo",
  discard: "Discard",
  save: "Save",
  again: "Try again",
  pending: "Unsaved changes",
  columns: ["Tile", "Change", "From", "To"],
};

type Keys = readonly (readonly [key: string, does: string])[];

export const KEYS: Record<"desktop" | "list" | "mobile", Keys> = {
  desktop: [
    ["enter", "pick up"],
    ["←↑→↓", "move"],
    ["shift + ←↑→↓", "resize"],
    ["x", "select"],
    ["esc", "cancel"],
  ],
  list: [
    ["enter", "pick up"],
    ["↑↓", "move"],
    ["esc", "cancel"],
  ],
  mobile: [],
};

const VERBS: Record<PendingRow["kind"], string> = {
  moved: "moved",
  resized: "resized",
  edited: "",
  moved_away: "moved away",
  moved_back: "moved back",
  added: "added",
  restored: "restored",
  copied: "copied",
  copy_removed: "",
  removed: "removed",
};

/** "2 tiles moved, 1 resized, 1 other change". */
export function summaryText(rows: readonly PendingRow[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of rows) counts.set(VERBS[kind], (counts.get(VERBS[kind]) ?? 0) + 1);
  const others = counts.get("");
  counts.delete("");
  const parts = [...counts].map(([verb, count], at) =>
    at === 0 ? `${plural(count, "tile")} ${verb}` : `${count} ${verb}`,
  );
  if (others) parts.push(plural(others, parts.length > 0 ? "other change" : "change"));
  return parts.join(", ");
}
