import type { Field, View } from "./view";

const LINK: readonly Field[] = ["sharing_enabled", "password_required", "sharing_settings"];

/** Requests that write: one for the board, one for its link, one a person. */
export function requestsOf(view: View): number {
  const fields = Object.keys(view.changes.value) as Field[];
  const before = view.saved.value.collaborators;
  const after = view.value("collaborators");
  const people =
    before.filter((one) => !after.includes(one)).length +
    after.filter((one) => !before.includes(one)).length;
  const link = fields.some((field) => LINK.includes(field));
  const board = fields.some((field) => field !== "collaborators" && !LINK.includes(field));
  return Number(board) + Number(link) + people;
}
