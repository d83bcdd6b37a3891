-- Version 1: people, courses, sessions, turns, what was rated and noted, what was chosen.

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- `key` is the name in small letters; the empty one is whoever gave no name.
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

-- What decides in a scenario, once for each digest: {"scenario.ron": "…", "client.rhai": "…"}.
CREATE TABLE scenarios (
    digest TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    client TEXT NOT NULL,
    files TEXT NOT NULL
) STRICT;

-- `carried` is what the client takes from the last session into the next, as JSON.
CREATE TABLE courses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people (id),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    scenario TEXT NOT NULL,
    carried TEXT,
    since INTEGER NOT NULL,
    UNIQUE (person, key)
) STRICT;

-- `opening` as JSON; times in milliseconds since 1970, for people to read only; `summary` as JSON, once closed.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES people (id),
    course INTEGER REFERENCES courses (id),
    number INTEGER NOT NULL,
    scenario TEXT NOT NULL,
    digest TEXT NOT NULL,
    engine TEXT NOT NULL,
    seed TEXT NOT NULL,
    opening TEXT NOT NULL,
    origin TEXT NOT NULL,
    open INTEGER NOT NULL DEFAULT 1,
    reason TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    turns INTEGER NOT NULL DEFAULT 0,
    summary TEXT
) STRICT;
CREATE INDEX sessions_of_person ON sessions (person, id);
CREATE INDEX sessions_open ON sessions (person, scenario, id) WHERE open = 1;
CREATE INDEX sessions_of_course ON sessions (course, id) WHERE course IS NOT NULL;

-- What happened, in order of `seq`: the opening is 0. `words` and `stopped` are the input, `events` and `snapshot` JSON.
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    redacted INTEGER NOT NULL DEFAULT 0,
    stopped INTEGER NOT NULL DEFAULT 0,
    words TEXT,
    events TEXT NOT NULL,
    snapshot TEXT,
    UNIQUE (session, seq)
) STRICT;

-- Turn 0 is the session as a whole. `who` is `self` for the trainee's own.
CREATE TABLE ratings (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL DEFAULT 0,
    who TEXT NOT NULL,
    empathy REAL,
    non_judgment REAL,
    listening REAL,
    words TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    UNIQUE (session, turn, who)
) STRICT;

-- The trainee's own words: notes of the session, and what came up when it was recalled.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_of_session ON notes (session, id);

CREATE TABLE settings (
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (person, name)
) STRICT;
