import { day } from "../numbers/format";
import { array, number, object, objects, text, type Json } from "../json";
import { namesOf, onlyFirst } from "../series/names";
import type { Rows } from "../tables/rows";
import { label, numeric } from "../tables/sql";
import { colorOf } from "../colors/theme_colors";

/** A value for each pair of two names; null where there is none. */
export interface Heat {
  kind: "hours" | "weeks" | "table";
  /** What the rows are. */
  title: string;
  rows: string[];
  columns: string[];
  cells: (number | null)[][];
  /** The server's own numbers over a row, a column and all: people are not the sum of people. */
  over?: { rows: (number | null)[]; columns: (number | null)[]; all: number | null };
  stops?: Stop[];
  note?: string;
}

/** The color of a value; those between two stops are mixed. */
export interface Stop {
  value: number;
  color: string;
}

/** More than anyone can see, and than a page draws in time. */
const MOST = 20_000;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** A trend drawn as a calendar: counted by weekday and hour, or a series that is put there. */
export function calendarOf(result: unknown, source: Json): Heat | null {
  const series = objects(result);
  const [first] = series;
  const counted = object(first?.["calendar_heatmap_data"]);
  if (Array.isArray(counted["data"])) return heatOfHours(counted);
  const days = array(first?.["days"]).map(text);
  const interval = text(source["interval"]) || "day";
  if (!first || days.length === 0 || (interval !== "day" && interval !== "hour")) return null;
  const data = array(first["data"]).map(number);
  const heat = interval === "day" ? ofWeeks(days, data) : ofHours(days, data, first);
  return heat && { ...heat, ...onlyFirst(namesOf(series)) };
}

/** PostHog's own count: what is not listed did not happen. Its days are numbered from Monday, 1. */
export function heatOfHours(counted: Json): Heat {
  const cells = WEEKDAYS.map(() => HOURS.map((): number | null => 0));
  for (const { row, column, value } of objects(counted["data"])) {
    const line = cells[(number(row) ?? 0) - 1];
    const hour = number(column) ?? -1;
    if (line && hour in line) line[hour] = numeric(value);
  }
  const over = (name: string, key: string, length: number, from: number) => {
    const found = new Map(objects(counted[name]).map((one) => [number(one[key]), one["value"]]));
    return Array.from({ length }, (_, at) => (found.has(at + from) ? numeric(found.get(at + from)) : 0));
  };
  return {
    kind: "hours",
    title: "Day",
    rows: WEEKDAYS,
    columns: HOURS,
    cells,
    ...(array(counted["rowAggregations"]).length > 0 && {
      over: {
        rows: over("rowAggregations", "row", 7, 1),
        columns: over("columnAggregations", "column", 24, 0),
        all: numeric(counted["allAggregations"]),
      },
    }),
  };
}

/** Weeks from left to right, as calendars on a wall have them from top to bottom. */
function ofWeeks(days: string[], data: (number | null)[]): Heat | null {
  const numbers = days.map(dayNumber);
  const first = Math.min(...numbers);
  const monday = first - weekday(first);
  const weeks = Math.floor((Math.max(...numbers) - monday) / 7) + 1;
  if (!(weeks > 0) || weeks * 7 > MOST) return null;
  const cells = WEEKDAYS.map(() => new Array<number | null>(weeks).fill(null));
  numbers.forEach((day, index) => {
    const line = cells[weekday(day)];
    if (line) line[Math.floor((day - monday) / 7)] = data[index] ?? null;
  });
  const columns = Array.from({ length: weeks }, (_, week) => {
    return written(monday + week * 7);
  });
  return { kind: "weeks", title: "Week of", rows: WEEKDAYS, columns, cells };
}

/** What fell on the same hour of several weeks: counts add up, of anything else it is the mean. */
function ofHours(days: string[], data: (number | null)[], series: Json): Heat | null {
  const found = WEEKDAYS.map(() => HOURS.map((): number[] => []));
  days.forEach((day, index) => {
    const value = data[index];
    if (value != null) found[weekday(dayNumber(day))]?.[Number(day.slice(11, 13))]?.push(value);
  });
  const math = text(object(series["action"])["math"]) || "total";
  const most = Math.max(...found.flat().map(({ length }) => length));
  if (most === 0) return null;
  const isSum = math === "total";
  const cells = found.map((line) =>
    line.map((values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      return values.length === 0 ? null : isSum ? sum : sum / values.length;
    }),
  );
  const note = most > 1 && !isSum ? { note: "Average over the weeks." } : {};
  return { kind: "hours", title: "Day", rows: WEEKDAYS, columns: HOURS, cells, ...note };
}

/** Two columns of a table against each other, as `chartSettings.heatmap` names them. */
export function heatOfRows({ columns, rows }: Rows, settings: Json): Heat | null {
  const find = (name: unknown) => columns.findIndex((column) => column.name === name);
  const [x, y, at] = ["xAxisColumn", "yAxisColumn", "valueColumn"].map((one) => find(settings[one]));
  if (x === undefined || y === undefined || at === undefined || Math.min(x, y, at) < 0) return null;
  const across = [...new Set(rows.map((row) => label(row[x])))];
  const down = [...new Set(rows.map((row) => label(row[y])))];
  if (across.length * down.length > MOST) return null;
  const cells = down.map(() => new Array<number | null>(across.length).fill(null));
  const places = new Map(across.map((name, index) => [name, index]));
  const lines = new Map(down.map((name, index) => [name, cells[index]]));
  let twice = 0;
  for (const row of rows) {
    const line = lines.get(label(row[y]));
    const place = places.get(label(row[x])) ?? 0;
    if (!line) continue;
    if (line[place] !== null) twice += 1;
    line[place] = numeric(row[at]);
  }
  return {
    kind: "table",
    title: text(settings["yAxisLabel"]) || text(settings["yAxisColumn"]),
    rows: down,
    columns: across,
    cells,
    stops: stopsOf(settings["gradient"]),
    ...(twice > 0 && { note: `Of rows that share a place the last is shown; left out: ${twice}.` }),
  };
}

/** A color at each value, lowest first; what is no color is left out. */
function stopsOf(given: unknown): Stop[] {
  return objects(given)
    .flatMap((one): Stop[] => {
      const value = number(one["value"]);
      const color = colorOf(one["color"]);
      return value === null || !color ? [] : [{ value, color }];
    })
    .sort((one, other) => one.value - other.value);
}

/** A value's color between its stops, for CSS. */
export function between(stops: readonly Stop[], value: number): string {
  const above = stops.find((stop) => stop.value >= value) ?? stops.at(-1)!;
  const below = stops.filter((stop) => stop.value <= value).at(-1) ?? above;
  const span = above.value - below.value;
  const share = span > 0 ? Math.round((100 * (value - below.value)) / span) : 100;
  return `color-mix(in srgb, ${above.color} ${share}%, ${below.color})`;
}

/** What a cell stands for: "Mon, 14:00", "Wed, 10 Jun 2026", "DE, web". */
export function nameOf({ kind, rows, columns }: Heat, row: number, column: number): string {
  const [line = "", across = ""] = [rows[row], columns[column]];
  if (kind === "hours") return `${line}, ${across}:00`;
  return `${line}, ${kind === "weeks" ? day(dateOf(across, row)) : across}`;
}

/** A day of the week that began on this Monday. */
export function dateOf(monday: string, row: number): string {
  return written(dayNumber(monday) + row);
}

const DAY = 86_400_000;

/** Days since 1970, read without a time zone. */
function dayNumber(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY;
}

function written(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** From Monday, 0; the first day of 1970 was a Thursday. */
function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
