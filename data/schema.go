package data

// applicationID marks a file as ours: "FBRK".
const applicationID = 0x4642524B

// migration is one step of the schema. Steps are numbered from 1 and never
// change once they are released: testdata holds every released schema.
type migration struct {
	version int
	says    string
	sql     string
}

func migrations() []migration {
	return []migration{
		{version: 1, says: "the log, its summaries, drafts, settings and search", sql: schema1},
		{version: 2, says: "what a repair could not bring back", sql: schema2},
		{version: 3, says: "words that can be blotted out of what is left of an event", sql: schema3},
	}
}

const schema1 = `
CREATE TABLE migration(
  version INTEGER PRIMARY KEY,
  says    TEXT NOT NULL,
  at      INTEGER NOT NULL                     -- Unix milliseconds
) STRICT;

-- Who wrote. n is a local alias that keeps the log small; uid travels.
CREATE TABLE device(
  n    INTEGER PRIMARY KEY,
  uid  TEXT NOT NULL UNIQUE,
  self INTEGER NOT NULL DEFAULT 0 CHECK(self IN (0,1))
) STRICT;
CREATE UNIQUE INDEX device_self ON device(self) WHERE self=1;

-- The log: the only truth. See seal.go for salt, prev and sum.
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
CREATE INDEX event_incident ON event(incident, n);

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- The one change that is allowed: an event is redacted, once. Its place, its
-- number and its link in the chain stay; its words go, and its salt with them,
-- so that nobody can guess them back from the sum.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NOT (
  NEW.kind='redacted@1' AND OLD.kind<>'redacted@1' AND NEW.salt=zeroblob(16)
  AND NEW.n=OLD.n AND NEW.id=OLD.id AND NEW.device=OLD.device AND NEW.seq=OLD.seq
  AND NEW.incident=OLD.incident AND NEW.prev=OLD.prev AND NEW.sum=OLD.sum)
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

-- One row per incident, written with each append; rebuilt from the log at will.
CREATE TABLE summary(
  incident TEXT PRIMARY KEY,
  started  INTEGER NOT NULL,                   -- Unix milliseconds: detected, else first written
  open     INTEGER NOT NULL CHECK(open IN (0,1)),
  body     TEXT NOT NULL CHECK(json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX summary_started ON summary(started, incident);
CREATE INDEX summary_open ON summary(started, incident) WHERE open=1;

-- Half-typed text: one row per field, overwritten in place.
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

-- What was exported last, so that an export never overwrites a changed file.
CREATE TABLE exported(
  root TEXT NOT NULL,
  path TEXT NOT NULL,                          -- below root, with slashes
  sha  TEXT NOT NULL,
  at   INTEGER NOT NULL,                       -- Unix milliseconds
  PRIMARY KEY(root, path)
) STRICT, WITHOUT ROWID;

-- Small named numbers: 'indexed' is the last event that search knows.
CREATE TABLE mark(
  name TEXT PRIMARY KEY,
  v    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The words of events, for search; rebuilt from the log at will.
CREATE TABLE wording(
  n    INTEGER PRIMARY KEY,                    -- event.n
  text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE wording_fts USING fts5(
  text, content='wording', content_rowid='n', prefix='2 3',
  tokenize="unicode61 remove_diacritics 2");
`

// schema2 keeps what a repair found and could not mend: nothing is thrown away,
// and what is known to be lost raises no alarm a second time.
const schema2 = `
-- Events whose bytes are not those that were written, as they were found. They
-- stand outside of the log, and are shown as damaged.
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
CREATE INDEX damaged_incident ON damaged(incident, n);

-- Numbers of events that were in the log once, and that no backup had.
CREATE TABLE missing(
  device TEXT NOT NULL,                        -- its uid
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,                     -- both included
  found  INTEGER NOT NULL,                     -- Unix milliseconds
  PRIMARY KEY(device, first)
) STRICT, WITHOUT ROWID;

-- Search once knew only the beginning of a long note: it reads the log anew.
INSERT INTO wording_fts(wording_fts) VALUES('delete-all');
DELETE FROM wording;
DELETE FROM mark WHERE name='indexed';
`

// schema3 lets the words that are left of a redacted event be blotted out as
// well: a second secret in the same note. One without words stays as it is.
const schema3 = `
DROP TRIGGER event_no_update;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NOT (
  NEW.kind='redacted@1' AND NEW.salt=zeroblob(16)
  AND (OLD.kind<>'redacted@1' OR json_extract(OLD.payload, '$.body.left') IS NOT NULL)
  AND NEW.n=OLD.n AND NEW.id=OLD.id AND NEW.device=OLD.device AND NEW.seq=OLD.seq
  AND NEW.incident=OLD.incident AND NEW.prev=OLD.prev AND NEW.sum=OLD.sum)
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
`
