/** Every word of the browser's view in one place, so that it can be read in one go. */

import { count, plural } from "../charts/numbers/format";
import type { ListingState } from "./state";

export const CLOSE = "Close";
export const CANCEL = "Cancel";
export const TRY_AGAIN = "Try again";
export const UNNAMED = "Untitled";
export const NO_OWNER = "No owner";
export const INCOMPLETE = "INCOMPLETE";

// Columns, by their name in the frame

export const COLUMN_TITLES = {
  pinned: "Pinned",
  name: "Dashboard",
  description: "Description",
  owner: "Owner",
  owner_email: "Owner's email",
  owner_id: "Owner ID",
  tags: "Tags",
  last_accessed_at: "Last opened",
  last_viewed_at: "Viewed by you",
  created_at: "Created",
  last_refresh: "Last refresh",
  public: "Public",
  creation_mode: "Created via",
  restriction_level: "Who can edit",
  privilege_level: "You can",
  access_level: "Access",
  access_control: "Access rules",
  id: "ID",
  findings: "Findings",
};

export const CELL = {
  never: "never",
  neverOpened: "never opened",
  unknown: "unknown",
  today: "today",
  ago: (number: number, unit: string) => `${plural(number, unit)} ago`,
  yes: "yes",
  public: "public",
  restricted: "restricted",
  collaborators: "collaborators",
  everyone: "everyone",
  edit: "edit",
  view: "view",
  notEvaluated: "not evaluated",
  select: (name: string) => `Select ${name}`,
  tiles: (name: string) => `Tiles of ${name}`,
};

export const TABLE = {
  label: "Dashboards",
  selectAll: "Select all shown",
  sortHint: (label: string) =>
    `Sort by ${label.toLowerCase()}. Shift adds to the sort, Alt ← → moves the column.`,
  sortedHeading: (label: string, direction: string, order: string) =>
    `${label}, sorted ${direction}${order}`,
  sorted: (keys: string[]) => (keys.length ? `Sorted by ${keys.join(", then ")}` : "Original order"),
  moved: (label: string, at: number, all: number) => `${label} is column ${at} of ${all}`,
};

// Toolbar and panels

export const TOOLBAR = {
  search: "Search dashboards",
  searchHint: "name, description, tag or owner",
  more: "More",
  filters: "Filters",
  columns: "Columns",
  views: "Views",
  noRoom: (hidden: number, all: number) => `${hidden} of ${all} hidden for lack of space`,
  shown: (drawn: number, all: number) => `${drawn} of ${all} shown`,
};

export const COLUMNS_PANEL = {
  shown: "Columns shown, in order",
  hidden: "Columns not shown",
  move: (label: string, where: "earlier" | "later") => `Move ${label} ${where}`,
};

export const VIEWS_PANEL = {
  advice: "A view saves columns, sorting, search and filters under a name. Python: browser.views.",
  list: "Saved views",
  remove: (name: string) => `Delete the view ${name}`,
  hint: "name of this view",
  name: "Name for the current view",
  save: "Save",
  saved: (name: string) => `Saved the view ${name}`,
};

export const FACET_TITLES = {
  owner: "Owner",
  tags: "Tags",
  last_accessed_at: "Last opened",
  pinned: "Pinned",
  public: "Public",
  restriction_level: "Who can edit",
  creation_mode: "Created via",
  findings: "Findings",
  uses: "Uses",
};

/** How a facet's values are labeled, where they are not shown as they are. */
export const FACET_VALUES = {
  noTags: "No tags",
  pinned: "pinned",
  notPinned: "not pinned",
  public: "public link",
  notPublic: "no public link",
  onlyCollaborators: "only collaborators",
  notEvaluated: "not evaluated",
  noFindings: "no findings",
};

/** Days since a dashboard was last opened, at most. */
export const LAST_OPENED: readonly (readonly [name: string, days: number, label: string])[] = [
  ["week", 7, "in the last 7 days"],
  ["month", 30, "8 to 30 days ago"],
  ["quarter", 90, "31 to 90 days ago"],
  ["year", 365, "91 days to a year ago"],
  ["older", Infinity, "more than a year ago"],
];

export const FACET_PANEL = {
  search: (title: string) => `Search in ${title}`,
  searchHint: (all: number) => `search ${count(all)} values`,
  more: (hidden: number) => `${count(hidden)} more: type to find them`,
  none: "No value matches",
  reading: "Loading the list of insights…",
  unread: (parts: number) =>
    `${plural(parts, "part")} of queries could not be read: what they use is unknown.`,
};

export const FILTERS = {
  label: "Filters",
  remove: (title: string, value: string) => `${title}: ${value}, remove`,
  clear: "Clear all",
};

export const EMPTY = {
  noDashboards: "This project has no dashboards.",
  noMatch: "No dashboard matches",
  clearSearch: "Clear search",
  filtered: "No dashboard matches all filters.",
  clearFilters: "Clear filters",
};

// An expanded row

export const DETAIL = {
  noDescription: "No description.",
  about: (id: number, created: string | null) =>
    `ID ${id} · created ${created ?? "at an unknown time"} · owner: `,
  noEmail: "no email",
  open: "Open in PostHog",
  tiles: "Tiles",
  menu: (name: string) => `What to do with ${name}`,
  loading: "Loading tiles",
  draw: "Draw tiles",
  drawHint: "From cached results: one request, which PostHog counts as opening the dashboard",
  noTiles: "No insight tiles",
  source: "From the list of insights, which opens no dashboard and has no text tiles",
  notListed: " · text, buttons and layout are not in this list",
  needsKernel: "Tiles are shown while Python is running.",
  uses: "Uses",
  usesHint: "Show only dashboards that use it",
  findings: "Findings",
};

export const COPY = {
  to: (project: string) => `Copy to ${project}`,
  going: (project: string) => `Copying to ${project}…`,
  done: (project: string, id: number) => `Copied to ${project} as dashboard ${id}.`,
  open: "Open the copy",
};

// Selection and plan

export const SELECTION = {
  label: "Selection",
  selected: (number: number) => `${count(number)} selected`,
  hidden: (number: number) => `(${count(number)} of them not shown)`,
  clear: "Clear",
};

export const VERBS = {
  tag: "Tag",
  untag: "Untag",
  pin: "Pin",
  unpin: "Unpin",
  unshare: "Unshare",
  delete: "Delete",
};

export const PLAN = {
  label: "Plan",
  planning: "Planning. Nothing is sent yet",
  sending: "Sending",
  reverting: "Reverting",
  tag: (verb: string, dashboards: number) => `${verb} ${plural(dashboards, "dashboard")} with`,
  tagsHint: "tags, separated by commas",
  preview: "Preview",
  changes: "Changes",
  columns: ["Dashboard", "Field", "Old", "New", "State"],
  cut: (shown: number, all: number) =>
    `${count(shown)} of ${count(all)} changes are shown. All of them will be sent.`,
  send: (number: number) => `Send ${plural(number, "change")}`,
  undo: (number: number) => `Undo ${plural(number, "change")}`,
  backup: "A backup is written first. Undo restores the dashboards.",
  nothing: "Nothing to change.",
  draft: (verb: string, number: number) => `${verb}: ${plural(number, "change")}, not sent yet.`,
  collected: "Added to the plan above. Apply sends it.",
  done: (isRevert: boolean, done: number, all: number) =>
    `${isRevert ? "Reverted" : "Sent"}: ${count(done)} of ${plural(all, "change")} done.`,
  yes: "yes",
  no: "no",
  none: "none",
};

// Footer

export const FOOTER = {
  shown: (shown: number, all: number) => `${count(shown)} of ${count(all)} shown`,
  read: ({ count: read, expected }: ListingState) => `${count(read)} of ${count(expected)} loaded`,
  complete: "complete",
  cost: (requests: number, seconds: number, at: string) =>
    `${plural(requests, "request")}, ${seconds.toFixed(seconds < 10 ? 1 : 0)} s, ${at}`,
  evaluated: (rules: number) => plural(rules, "rule") + " evaluated",
  notEvaluated: (dashboards: number) => `${plural(dashboards, "dashboard")} not evaluated`,
  status: (shown: number, selected: number) =>
    `${plural(shown, "dashboard")} shown, ${count(selected)} selected`,
};

export const KEYS: readonly (readonly [key: string, does: string])[] = [
  ["/", "search"],
  ["↑↓", "move"],
  ["space", "select"],
  ["enter", "expand"],
];
