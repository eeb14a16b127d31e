import { object, type Json } from "../json";
import { settingsOf, sourceOf } from "../kind";

/** What a chart shows that is not in its insight. */
export interface Outside {
  /** Of the project, as the server sent them. */
  annotations: unknown;
  /** Code of the project's base currency; empty when nobody knows it. */
  currency: string;
  board: number | null;
  now: number;
}

/** An insight taken apart, for the functions that bring its settings into a drawing. */
export interface InsightParts {
  insight: Json;
  source: Json;
  /** Of the query, such as `trendsFilter`. */
  settings: Json;
  /** Of a table that is drawn as a chart, and of one that stays a table. */
  chart: Json;
  table: Json;
  outside: Outside;
}

const NOTHING: Outside = { annotations: [], currency: "", board: null, now: 0 };

export function partsOf(insight: Json, outside = NOTHING): InsightParts {
  const query = object(insight["query"]);
  const source = sourceOf(insight);
  return {
    insight,
    source,
    settings: settingsOf(source),
    chart: object(query["chartSettings"]),
    table: object(query["tableSettings"]),
    outside,
  };
}
