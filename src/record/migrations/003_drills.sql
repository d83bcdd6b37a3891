-- Version 3: tries at drills. What was typed in them is not kept. `rating` is too_easy, good or too_hard.

CREATE TABLE drill_tries (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    practice INTEGER NOT NULL,
    skill TEXT NOT NULL,
    stimulus TEXT NOT NULL,
    level INTEGER NOT NULL,
    met INTEGER NOT NULL,
    first INTEGER NOT NULL,
    rating TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX drill_tries_of_person ON drill_tries (person, id);
