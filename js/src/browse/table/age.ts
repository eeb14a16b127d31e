import { CELL } from "../texts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Unopened for this long fills the bar. */
const LONG = 365 * DAY;

/** How long ago, in words. */
export function age(moment: number | null, now: number): string {
  if (moment === null) return CELL.never;
  const days = Math.floor((now - moment) / DAY);
  if (days < 1) return CELL.today;
  if (days < 14) return CELL.ago(days, "day");
  if (days < 60) return CELL.ago(Math.floor(days / 7), "week");
  if (days < 700) return CELL.ago(Math.floor(days / 30.44), "month");
  return CELL.ago(Math.floor(days / 365.25), "year");
}

/** The share of the bar: square root, so that weeks can be distinguished beside years. */
export function neglect(moment: number | null, now: number): number {
  if (moment === null) return 1;
  return Math.min(1, Math.sqrt(Math.max(0, now - moment) / LONG));
}

/** The exact time, for the tooltip. */
export function exact(moment: number | null): string {
  return moment === null ? CELL.neverOpened : new Date(moment).toLocaleString();
}
