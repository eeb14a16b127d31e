-- From version 2: a tile may be a widget, and what the query endpoint reads has tables.
CREATE TABLE tile_now (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dashboard_id INTEGER NOT NULL REFERENCES dashboard,
  insight_id INTEGER REFERENCES insight,
  text_id INTEGER REFERENCES text,
  button_id TEXT REFERENCES button,
  layouts TEXT NOT NULL DEFAULT '{}',
  color TEXT,
  filters_overrides TEXT NOT NULL DEFAULT '{}',
  show_description INTEGER,
  transparent_background INTEGER,
  deleted INTEGER,
  -- None: the content is a widget, which is kept by the web app.
  CHECK ((insight_id IS NOT NULL) + (text_id IS NOT NULL) + (button_id IS NOT NULL) <= 1),
  UNIQUE (dashboard_id, insight_id),
  UNIQUE (dashboard_id, text_id),
  UNIQUE (dashboard_id, button_id)
);
INSERT INTO tile_now SELECT * FROM tile;
-- The id of a tile that was removed for good is not given again.
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'tile')
WHERE name = 'tile_now';
DROP TABLE tile;
ALTER TABLE tile_now RENAME TO tile;
CREATE INDEX tile_insight ON tile (insight_id);
CREATE INDEX tile_text ON tile (text_id);
CREATE INDEX tile_button ON tile (button_id);

-- Alerts watch an insight. Nothing here computes them: their state is what was stored.
CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '',
  insight_id INTEGER NOT NULL REFERENCES insight,
  enabled INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL DEFAULT 'Not firing',
  calculation_interval TEXT NOT NULL DEFAULT 'daily',
  condition TEXT NOT NULL DEFAULT '{}',
  config TEXT,
  threshold TEXT NOT NULL DEFAULT '{}',
  subscribed_users TEXT NOT NULL DEFAULT '[]',
  skip_weekend INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  last_notified_at TEXT,
  last_checked_at TEXT,
  next_check_at TEXT,
  snoozed_until TEXT
);
CREATE INDEX alert_insight ON alert (insight_id);

-- What people wrote about names of events and properties; the names come from the events.
CREATE TABLE definition (
  kind TEXT NOT NULL CHECK (kind IN ('event', 'event_property', 'person_property')),
  name TEXT NOT NULL,
  description TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  verified INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  -- Where the events that are loaded do not tell.
  first_seen TEXT,
  last_seen TEXT,
  updated_at TEXT NOT NULL,
  updated_by INTEGER REFERENCES user,
  PRIMARY KEY (kind, name)
);

CREATE TABLE insight_variable (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  default_value TEXT,
  code_name TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user
);

CREATE TABLE activity_log (
  id TEXT PRIMARY KEY,
  activity TEXT NOT NULL,
  scope TEXT NOT NULL,
  item_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  user_id INTEGER REFERENCES user,
  created_at TEXT NOT NULL
);
CREATE INDEX activity_log_item ON activity_log (scope, item_id);

-- What a member may not see: one object, or without an id all of a kind. Admins see everything.
CREATE TABLE access_denied (
  user_id INTEGER NOT NULL REFERENCES user,
  resource TEXT NOT NULL CHECK (resource IN ('dashboard', 'insight')),
  resource_id INTEGER,
  UNIQUE (user_id, resource, resource_id)
);
