-- What version 3 adds, for the tests of later versions.
INSERT INTO drill_tries VALUES (1, 1, 1, 'summary', 'offer', 3, 1, 1, 'good', 1700);
