-- The embedded project's tables. Times are ISO 8601 text in UTC; JSON is text.

CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  distinct_id TEXT NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (1, 8, 15)),
  joined_at TEXT NOT NULL,
  membership_uuid TEXT NOT NULL
);

CREATE TABLE api_key (
  digest TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user,
  scopes TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at TEXT NOT NULL
);

CREATE TABLE dashboard (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT,
  description TEXT NOT NULL DEFAULT '',
  pinned INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  last_accessed_at TEXT,
  last_refresh TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  creation_mode TEXT NOT NULL DEFAULT 'default',
  restriction_level INTEGER NOT NULL DEFAULT 21,
  filters TEXT NOT NULL DEFAULT '{}',
  variables TEXT NOT NULL DEFAULT '{}',
  breakdown_colors TEXT NOT NULL DEFAULT '[]',
  data_color_theme_id INTEGER,
  quick_filter_ids TEXT NOT NULL DEFAULT '[]',
  tags TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX dashboard_order ON dashboard (deleted, pinned DESC, name);

CREATE TABLE insight (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  short_id TEXT NOT NULL UNIQUE,
  name TEXT,
  derived_name TEXT,
  description TEXT,
  query TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  tags TEXT NOT NULL DEFAULT '[]',
  favorited INTEGER NOT NULL DEFAULT 0,
  saved INTEGER NOT NULL DEFAULT 1,
  is_sample INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  updated_at TEXT NOT NULL,
  last_modified_at TEXT NOT NULL,
  last_modified_by INTEGER REFERENCES user
);

CREATE TABLE text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  body TEXT,
  created_by INTEGER REFERENCES user,
  last_modified_by INTEGER REFERENCES user,
  last_modified_at TEXT NOT NULL
);

CREATE TABLE button (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  text TEXT NOT NULL,
  placement TEXT NOT NULL DEFAULT 'left',
  style TEXT NOT NULL DEFAULT 'primary',
  created_by INTEGER REFERENCES user,
  last_modified_by INTEGER REFERENCES user,
  last_modified_at TEXT NOT NULL
);

CREATE TABLE tile (
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
CREATE INDEX tile_insight ON tile (insight_id);
CREATE INDEX tile_text ON tile (text_id);
CREATE INDEX tile_button ON tile (button_id);

CREATE TABLE collaborator (
  id TEXT PRIMARY KEY,
  dashboard_id INTEGER NOT NULL REFERENCES dashboard,
  user_id INTEGER NOT NULL REFERENCES user,
  level INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (dashboard_id, user_id)
);

CREATE TABLE sharing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dashboard_id INTEGER NOT NULL REFERENCES dashboard,
  created_at TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 0,
  access_token TEXT NOT NULL UNIQUE,
  settings TEXT,
  password_required INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT
);
CREATE INDEX sharing_dashboard ON sharing (dashboard_id, expires_at);

CREATE TABLE share_password (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sharing_id INTEGER NOT NULL REFERENCES sharing,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL,
  note TEXT,
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  is_active INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE result (
  insight_id INTEGER NOT NULL REFERENCES insight,
  cache_key TEXT NOT NULL,
  computed_at TEXT NOT NULL,
  answer BLOB NOT NULL,
  PRIMARY KEY (insight_id, cache_key)
) WITHOUT ROWID;

-- What queries refer to by id. A static cohort is the list of its people.
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]',
  steps TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE cohort (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  filters TEXT NOT NULL DEFAULT '{}',
  is_static INTEGER NOT NULL DEFAULT 0,
  distinct_ids TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES user,
  deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  content TEXT,
  scope TEXT NOT NULL DEFAULT 'project',
  creation_type TEXT NOT NULL DEFAULT 'USR',
  date_marker TEXT,
  insight_id INTEGER REFERENCES insight,
  dashboard_id INTEGER REFERENCES dashboard,
  created_by INTEGER REFERENCES user,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
);

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
