-- The index of a collection. A cache: made anew whenever it is not fresh, never edited.

-- What the index was made from: it is fresh as long as this holds.
CREATE TABLE made (format INTEGER, version TEXT);
CREATE TABLE file (path BLOB, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER);

-- By the number of its file: every source and region as JSON, what its facts add up to, and what
-- they can be filtered by. A file that changes has its rows replaced, and the others need not be
-- read again. `regions` and `parts` are ids with spaces between them: what facts touch, and what
-- they touch with all that lies within it.
CREATE TABLE place (file INTEGER, of TEXT, data TEXT);
CREATE TABLE touching (file INTEGER, kind TEXT, regions TEXT, parts TEXT, facts INTEGER);
CREATE TABLE named (file INTEGER, filter TEXT, name TEXT, value TEXT);
CREATE TABLE spoke (file INTEGER, speaker TEXT, role TEXT, organization TEXT, quotes INTEGER);

-- Every record as a line of JSON, `data`, in the order of the files: the facts, and what they can
-- be filtered by: regions, sources, topics, speakers. The columns after `data` are what facts are
-- filtered by; dates and periods are first and last days.
CREATE TABLE record (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  data TEXT NOT NULL,
  published TEXT,
  as_of_first TEXT,
  as_of_last TEXT,
  period_first TEXT,
  period_last TEXT,
{filtered}
);

-- The regions that a fact is about. A mechanism is about all that lies within its partners.
CREATE TABLE fact_region (
  region TEXT, kind TEXT, fact INTEGER, PRIMARY KEY (region, kind, fact)
) WITHOUT ROWID;
CREATE TABLE fact_topic (
  topic TEXT, kind TEXT, fact INTEGER, PRIMARY KEY (topic, kind, fact)
) WITHOUT ROWID;

-- What of a fact is compared with others of its kind on the same thing. From `low` to `high` is what
-- it allows for, as texts whose order is that of the numbers or days; `about` has the rest as JSON.
CREATE TABLE claim (
  fact INTEGER PRIMARY KEY,
  kind TEXT, subject TEXT, thing TEXT, low TEXT, high TEXT, id TEXT, about TEXT
);

-- Where a source has a local copy of its text: the path as the fact file gives it, and the folder
-- of that file, which it is relative to.
CREATE TABLE text (source TEXT PRIMARY KEY, folder BLOB, path TEXT) WITHOUT ROWID;

-- What is searched of a fact: the names in it, its text, its notes, folded.
CREATE TABLE words (fact INTEGER PRIMARY KEY, names TEXT, text TEXT, notes TEXT);
CREATE VIRTUAL TABLE search USING fts5 (
  names, text, notes, content='words', content_rowid='fact', tokenize='{tokenizer}'
);

-- Every region with all that lies within it, itself included.
CREATE TABLE within (region TEXT, part TEXT, PRIMARY KEY (region, part)) WITHOUT ROWID;
CREATE INDEX within_by_part ON within (part);

-- Which values a filter knows, under each folded name that a value goes by.
CREATE TABLE choice (
  filter TEXT, name TEXT, value TEXT, PRIMARY KEY (filter, name, value)
) WITHOUT ROWID;

-- The fields of each kind of record as data, in their order.
CREATE TABLE field (kind TEXT, n INTEGER, name TEXT, about TEXT, PRIMARY KEY (kind, n)) WITHOUT ROWID;
