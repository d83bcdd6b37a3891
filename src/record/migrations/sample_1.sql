-- A record of version 1, for the tests of later versions.
INSERT INTO people VALUES (1, 'anna', 'Anna', 1000);
INSERT INTO scenarios VALUES ('d1', 'samantha', 'Samantha', 'Samantha', '{"scenario.ron":"()"}');
INSERT INTO courses VALUES (1, 1, 'autumn', 'Autumn', 'samantha', NULL, 1000);
INSERT INTO sessions VALUES (1, 'u1', 1, 1, 1, 'samantha', 'd1', '0.1.0', '7', '{"seed":7,"session":1}', 'solo', 0, 'ended', 1000, 2000, 1, NULL);
INSERT INTO turns VALUES (1, 1, 0, 0, 'opening', 1000, 0, 0, NULL, '[]', NULL);
INSERT INTO turns VALUES (2, 1, 1, 1, 'said', 1500, 0, 0, 'Hello.', '[]', NULL);
INSERT INTO turns VALUES (3, 1, 2, 1, 'closed', 2000, 0, 0, NULL, '[]', NULL);
INSERT INTO ratings VALUES (1, 1, 0, 'self', 3.0, 3.0, 3.0, 'fine', 2000);
INSERT INTO notes VALUES (1, 1, 1, 'note', 'be slower', 1600);
INSERT INTO settings VALUES (1, 'self_rating', 'ask');
