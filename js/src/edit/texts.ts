/** Every word of the editor's view in one place, so that it can be read in one go. */

import type { EditFields } from "./state";

/** What a field is called, on the form and where its conflict is shown. */
export const FIELDS: Record<keyof EditFields, string> = {
  name: "Name",
  description: "Description (markdown)",
  pinned: "Pinned",
  tags: "Tags",
  restriction_level: "Who can edit",
  data_color_theme_id: "Color theme",
  breakdown_colors: "Breakdown colors",
  date_from: "Date range from",
  date_to: "Date range to",
  collaborators: "Collaborators",
  sharing_enabled: "Public link",
  password_required: "Password required",
  sharing_settings: "Public page",
};

export const STATES = {
  saved: "", // the usual state: twelve fields need not say it
  unknown: "unknown",
  edited: "edited",
  saving: "saving",
  refused: "refused",
  conflict: "changed on the server",
};

export const YES_NO = [
  { value: true, label: "Yes" },
  { value: false, label: "No" },
] as const;
export const ON_OFF = [
  { value: true, label: "On" },
  { value: false, label: "Off" },
] as const;
export const EDITORS = [
  { value: 21, label: "Everyone" },
  { value: 37, label: "Only collaborators" },
] as const;

export const REMOVE = "Remove";

// Fields of the dashboard

export const DESCRIPTION = { preview: "Preview", write: "Write" };
export const TAGS = { add: "add a tag", remove: (tag: string) => `Remove tag ${tag}` };
export const DATES = {
  now: "now",
  insights: "Dates of each insight",
  range: (from: string | null, to: string | null) => `${from ?? "…"} to ${to ?? "now"}`,
};
/** Date ranges PostHog offers, as it writes them. */
export const DATE_RANGES = [
  ["dStart", "Today"],
  ["-7d", "Last 7 days"],
  ["-14d", "Last 14 days"],
  ["-30d", "Last 30 days"],
  ["-90d", "Last 90 days"],
  ["-180d", "Last 180 days"],
  ["mStart", "This month"],
  ["yStart", "This year"],
  ["all", "All time"],
] as const;
export const THEME = { project: "Project default", numbered: (id: number) => `Theme ${id}` };
export const COLORS = {
  none: "none",
  preset: (token: string) => token.replace("preset-", "Color "),
  of: (value: string) => `Color of ${value}`,
  remove: (value: string) => `Remove the color of ${value}`,
  add: "add a breakdown value, such as Chrome",
};

// Collaborators

export const PEOPLE = {
  invite: "Invite a member",
  choose: "Invite a member…",
  nobodyLeft: "No other members to invite",
  openToAll: "Everyone can edit this dashboard. Choose “Only collaborators” first.",
  canEdit: "can edit",
  added: "to be added",
  removed: "to be removed",
  undo: "Undo",
  remove: (name: string) => `Remove ${name}`,
  undoFor: (name: string) => `Undo the change for ${name}`,
};

// Public link

export const LINK = {
  public: "public",
  private: "not shared",
  unknown: "can't tell whether it is public",
  copy: "Copy",
  copied: "Copied the public link.",
  notCopied: "The browser denied access to the clipboard. Use board.sharing() in Python.",
  rotate: "Rotate…",
  rotateTitle: "Rotate the link",
  rotateWarning: "The dashboard gets a new link. The old one keeps working for 5 minutes.",
  rotated: "Rotated. The old link works for another 5 minutes.",
  cancel: "Cancel",
};
export const PAGE_SETTINGS = [
  ["whitelabel", "Hide PostHog's logo"],
  ["noHeader", "Hide the title"],
  ["legend", "Show legends"],
  ["detailed", "Show details"],
  ["hideExtraDetails", "Hide insight details"],
  ["showInspector", "Show the inspector"],
] as const;
export const PASSWORDS = {
  none: "No passwords yet: nobody can open the link.",
  noNote: "no note",
  remove: (note: string) => `Remove the password ${note || "without a note"}`,
  removed: "Password removed.",
  add: "Add",
  added: "Password added.",
  shownOnce: "New password, shown only once:",
  noted: "I have copied it",
  note: "Note for a new password",
  noteHint: "who it is for",
  password: "New password; leave empty and PostHog creates one",
  passwordHint: "empty: generate one",
};

// Conflicts

export const CONFLICT = {
  title: "changed on the server",
  now: "now",
  yours: "yours",
  keepMine: "Keep mine",
  keptMine: "Kept your version.",
  takeTheirs: "Take theirs",
  tookTheirs: "Kept the server's version.",
  nobody: "nobody",
  collaborators: "only collaborators",
  everyone: "everyone",
  yes: "yes",
  no: "no",
  empty: "empty",
  none: "none",
};

// Footer

export const FOOTER = {
  saving: "Saving…",
  undo: "Undo",
  redo: "Redo",
  discard: "Discard",
  discarded: "Discarded.",
  save: "Save",
};
