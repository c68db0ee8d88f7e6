CREATE TABLE migration(
  version INTEGER PRIMARY KEY,
  says    TEXT NOT NULL,
  at      INTEGER NOT NULL                     -- Unix milliseconds
) STRICT;
CREATE TABLE device(
  n    INTEGER PRIMARY KEY,
  uid  TEXT NOT NULL UNIQUE,
  self INTEGER NOT NULL DEFAULT 0 CHECK(self IN (0,1))
) STRICT;
CREATE TABLE event(
  n        INTEGER PRIMARY KEY,                -- order of arrival here: a Position
  id       TEXT NOT NULL UNIQUE,
  device   INTEGER NOT NULL REFERENCES device(n),
  seq      INTEGER NOT NULL CHECK(seq>0),      -- per device, from 1, without a gap
  incident TEXT NOT NULL,
  kind     TEXT NOT NULL,
  payload  TEXT NOT NULL CHECK(json_valid(payload)),
  salt     BLOB NOT NULL CHECK(length(salt)=16),
  prev     BLOB NOT NULL CHECK(length(prev)=16),
  sum      BLOB NOT NULL CHECK(length(sum)=16),
  UNIQUE(device, seq)
) STRICT;
CREATE TABLE summary(
  incident TEXT PRIMARY KEY,
  started  INTEGER NOT NULL,                   -- Unix milliseconds: detected, else first written
  open     INTEGER NOT NULL CHECK(open IN (0,1)),
  body     TEXT NOT NULL CHECK(json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE TABLE draft(
  incident TEXT NOT NULL,
  field    TEXT NOT NULL,
  text     TEXT NOT NULL,
  started  INTEGER NOT NULL,                   -- Unix milliseconds of the first key press
  base     TEXT NOT NULL CHECK(json_valid(base)),
  PRIMARY KEY(incident, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE setting(
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK(json_valid(value))
) STRICT, WITHOUT ROWID;
CREATE TABLE exported(
  root TEXT NOT NULL,
  path TEXT NOT NULL,                          -- below root, with slashes
  sha  TEXT NOT NULL,
  at   INTEGER NOT NULL,                       -- Unix milliseconds
  PRIMARY KEY(root, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE mark(
  name TEXT PRIMARY KEY,
  v    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE wording(
  n    INTEGER PRIMARY KEY,                    -- event.n
  text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE wording_fts USING fts5(
  text, content='wording', content_rowid='n', prefix='2 3',
  tokenize="unicode61 remove_diacritics 2");
CREATE TABLE damaged(
  k        INTEGER PRIMARY KEY,
  n        INTEGER NOT NULL,                   -- where it stood in the log: event.n
  id       TEXT NOT NULL,
  device   TEXT NOT NULL,                      -- its uid, as far as it can be told
  seq      INTEGER NOT NULL,
  incident TEXT NOT NULL,
  kind     TEXT NOT NULL,
  payload  BLOB NOT NULL,                      -- any bytes
  salt     BLOB NOT NULL,
  prev     BLOB NOT NULL,
  sum      BLOB NOT NULL,
  says     TEXT NOT NULL,                      -- what is wrong with it
  found    INTEGER NOT NULL                    -- Unix milliseconds
) STRICT;
CREATE TABLE missing(
  device TEXT NOT NULL,                        -- its uid
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,                     -- both included
  found  INTEGER NOT NULL,                     -- Unix milliseconds
  PRIMARY KEY(device, first)
) STRICT, WITHOUT ROWID;
INSERT INTO migration(version, says, at) VALUES(1,'the log, its summaries, drafts, settings and search',1770129120000);
INSERT INTO migration(version, says, at) VALUES(2,'what a repair could not bring back',1770129120000);
INSERT INTO migration(version, says, at) VALUES(3,'words that can be blotted out of what is left of an event',1770129120000);
INSERT INTO device(n, uid, self) VALUES(1,'47346f81-60c8-4116-9b6a-cde597467f9c',1);
INSERT INTO device(n, uid, self) VALUES(2,'laptop',0);
INSERT INTO event(n, id, device, seq, incident, kind, payload, salt, prev, sum) VALUES(1,'01a227ac-ebd5-7341-8aa5-15decc89d116',1,1,'inc','entry.noted@1','{"id":"01a227ac-ebd5-7341-8aa5-15decc89d116","batch":"01a227ac-ebd5-7341-8aa5-15decc89d116","incident":"inc","device":"47346f81-60c8-4116-9b6a-cde597467f9c","actor":"Jane","clock":116007182008320000,"at":{"time":"2026-02-03T14:32:00Z","zone":"UTC","sure":"exact"},"recorded":"2026-02-03T14:32:00Z","kind":"entry.noted@1","body":{"type":"note","text":"Checkout fails"}}',X'61FAA5C8BE96CDFBFA6CB4C8E557139B',X'00000000000000000000000000000000',X'0DDB6BF873A71EA3A85D3DD3F7980BD3');
INSERT INTO event(n, id, device, seq, incident, kind, payload, salt, prev, sum) VALUES(2,'01a227ac-ebd5-7346-aa5d-a4a753caddb9',1,2,'inc','entry.noted@1','{"id":"01a227ac-ebd5-7346-aa5d-a4a753caddb9","batch":"01a227ac-ebd5-7346-aa5d-a4a753caddb9","incident":"inc","device":"47346f81-60c8-4116-9b6a-cde597467f9c","actor":"Jane","clock":116007185940480000,"at":{"time":"2026-02-03T14:33:00Z","zone":"UTC","sure":"exact"},"recorded":"2026-02-03T14:33:00Z","kind":"entry.noted@1","body":{"type":"note","text":"Rolled back checkout to 1.8.2"}}',X'733E11C629FFF99E95147BCAEF2E4772',X'0DDB6BF873A71EA3A85D3DD3F7980BD3',X'20FE8C6593AFBA8E3673578025F05E1D');
INSERT INTO event(n, id, device, seq, incident, kind, payload, salt, prev, sum) VALUES(3,'01a227ac-ebd6-76c6-b5f6-63cdb4c2b84c',2,1,'inc','entry.noted@1','{"id":"01a227ac-ebd6-76c6-b5f6-63cdb4c2b84c","batch":"01a227ac-ebd6-76c6-b5f6-63cdb4c2b84c","incident":"inc","device":"laptop","actor":"Jane","clock":116007193804800000,"at":{"time":"2026-02-03T14:35:00Z","zone":"UTC","sure":"exact"},"recorded":"2026-02-03T14:35:00Z","kind":"entry.noted@1","body":{"type":"note","text":"from the laptop"}}',X'5A4334D09BE481BCE57239B0DBC4772B',X'00000000000000000000000000000000',X'105C349FF34996559503DEF716D4104A');
INSERT INTO summary(incident, started, open, body) VALUES('inc',1770129120000,1,'{"id":"inc","title":"Checkout fails","severity":"","stage":"Fixing","detected":"2026-02-03T14:32:00Z","entries":0,"open_actions":0}');
INSERT INTO draft(incident, field, text, started, base) VALUES('inc','composer','half-typed',1770129120000,'null');
INSERT INTO setting(name, value) VALUES('theme','"dark"');
INSERT INTO exported(root, path, sha, at) VALUES('/repo','docs/a.md','sha',1770129120000);
INSERT INTO mark(name, v) VALUES('indexed',3);
INSERT INTO wording(n, text) VALUES(1,'Checkout fails');
INSERT INTO wording(n, text) VALUES(2,'Rolled back checkout to 1.8.2');
INSERT INTO wording(n, text) VALUES(3,'from the laptop');
CREATE UNIQUE INDEX device_self ON device(self) WHERE self=1;
CREATE INDEX event_incident ON event(incident, n);
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE INDEX summary_started ON summary(started, incident);
CREATE INDEX summary_open ON summary(started, incident) WHERE open=1;
CREATE INDEX damaged_incident ON damaged(incident, n);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NOT (
  NEW.kind='redacted@1' AND NEW.salt=zeroblob(16)
  AND (OLD.kind<>'redacted@1' OR json_extract(OLD.payload, '$.body.left') IS NOT NULL)
  AND NEW.n=OLD.n AND NEW.id=OLD.id AND NEW.device=OLD.device AND NEW.seq=OLD.seq
  AND NEW.incident=OLD.incident AND NEW.prev=OLD.prev AND NEW.sum=OLD.sum)
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
INSERT INTO wording_fts(wording_fts) VALUES('rebuild');
PRAGMA application_id=1178751563;
PRAGMA user_version=3;
