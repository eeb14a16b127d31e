import type { Columns } from "./state";

type Fields = { [Name in keyof Columns]?: Columns[Name][number] };

/** Columns of a few dashboards, for tests. */
export function columnsOf(...boards: Fields[]): Columns {
  const blank: Required<Fields> = {
    id: 0,
    name: null,
    description: "",
    owner: null,
    owner_id: null,
    owner_email: null,
    tags: [],
    pinned: false,
    public: false,
    creation_mode: "default",
    created_at: null,
    last_accessed_at: null,
    last_viewed_at: null,
    last_refresh: null,
    restriction_level: 21,
    privilege_level: 37,
    access_level: "editor",
    access_control: "v2",
    restricted: false,
  };
  const rows = boards.map((board, at) => ({ ...blank, id: at + 1, ...board }));
  const names = Object.keys(blank) as (keyof Columns)[];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as never;
}
