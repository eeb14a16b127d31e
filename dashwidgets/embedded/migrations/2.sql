-- From version 1: actions, cohorts and annotations.
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
