CREATE TABLE meta (
    id INTEGER NOT NULL,
    min_reader INTEGER NOT NULL,
    min_writer INTEGER NOT NULL,
    version INTEGER NOT NULL,
    lost_version INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
;

CREATE TABLE paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    type TEXT COLLATE "NOCASE" NOT NULL,
    "key" TEXT,
    key_folded TEXT,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    trashed INTEGER,
    title TEXT,
    authors TEXT,
    venue TEXT,
    year TEXT,
    month TEXT,
    day TEXT,
    date TEXT,
    category_code TEXT COLLATE "NOCASE",
    primaryclass TEXT COLLATE "NOCASE",
    score TEXT,
    doi TEXT,
    eprint TEXT,
    title_sort TEXT,
    authors_sort TEXT,
    venue_sort TEXT,
    year_sort INTEGER,
    month_sort INTEGER,
    score_sort REAL,
    doi_folded TEXT,
    eprint_folded TEXT,
    title_match INTEGER,
    fields TEXT
)
 STRICT
;

CREATE INDEX paper_authors_order ON paper (trashed, authors_sort, added DESC);

CREATE INDEX paper_year_order ON paper (trashed, year_sort, added DESC);

CREATE INDEX paper_category_code_order ON paper (trashed, category_code, added DESC);

CREATE INDEX paper_eprint_order ON paper (trashed, eprint_folded, added DESC);

CREATE INDEX paper_title_order ON paper (trashed, title_sort, added DESC);

CREATE INDEX paper_added_order ON paper (trashed, added DESC);

CREATE INDEX paper_doi_order ON paper (trashed, doi_folded, added DESC);

CREATE INDEX paper_month_order ON paper (trashed, month_sort, added DESC);

CREATE UNIQUE INDEX paper_key ON paper (key_folded);

CREATE INDEX paper_venue_order ON paper (trashed, venue_sort, added DESC);

CREATE INDEX paper_score_order ON paper (trashed, score_sort, added DESC);

CREATE INDEX paper_title_match ON paper (trashed, title_match);

CREATE INDEX paper_key_order ON paper (trashed, key_folded, added DESC);

CREATE INDEX paper_type_order ON paper (trashed, type, added DESC);

CREATE INDEX paper_primaryclass ON paper (trashed, primaryclass);

CREATE INDEX paper_changed_order ON paper (trashed, changed, added DESC);

CREATE TABLE tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    words TEXT NOT NULL,
    colour INTEGER NOT NULL,
    number_key INTEGER NOT NULL,
    UNIQUE (folded)
)
 STRICT
;

CREATE TABLE profile (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    category_code TEXT NOT NULL,
    UNIQUE (folded)
)
 STRICT
;

CREATE TABLE source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    imported INTEGER NOT NULL,
    UNIQUE (sha256)
)
 STRICT
;

CREATE TABLE saved_search (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (folded)
)
 STRICT
;

CREATE TABLE exported_key (
    key_folded TEXT NOT NULL,
    "key" TEXT NOT NULL,
    paper_id INTEGER NOT NULL,
    PRIMARY KEY (key_folded)
)
 WITHOUT ROWID,
 STRICT
;

CREATE TABLE operation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    papers INTEGER NOT NULL,
    version INTEGER NOT NULL,
    size INTEGER NOT NULL,
    owner TEXT
)
 STRICT
;

CREATE INDEX operation_version ON operation (version);

CREATE TABLE paper_text (
    paper_id INTEGER NOT NULL,
    author TEXT,
    people TEXT,
    sources TEXT,
    origins TEXT,
    abstract TEXT,
    PRIMARY KEY (paper_id),
    FOREIGN KEY(paper_id) REFERENCES paper (id)
)
 STRICT
;

CREATE TABLE search_text (
    paper_id INTEGER NOT NULL,
    title TEXT,
    author TEXT,
    abstract TEXT,
    venue TEXT,
    "key" TEXT,
    PRIMARY KEY (paper_id),
    FOREIGN KEY(paper_id) REFERENCES paper (id)
)
 STRICT
;

CREATE TABLE paper_tag (
    paper_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (paper_id, tag_id),
    FOREIGN KEY(paper_id) REFERENCES paper (id),
    FOREIGN KEY(tag_id) REFERENCES tag (id)
)
 WITHOUT ROWID,
 STRICT
;

CREATE INDEX paper_tag_reverse ON paper_tag (tag_id, paper_id);

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    paper_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    search_copy TEXT,
    FOREIGN KEY(paper_id) REFERENCES paper (id)
)
 STRICT
;

CREATE INDEX note_paper ON note (paper_id);

CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    paper_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    media_type TEXT COLLATE "NOCASE" NOT NULL,
    is_stored INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    FOREIGN KEY(paper_id) REFERENCES paper (id)
)
 STRICT
;

CREATE INDEX attachment_paper ON attachment (paper_id);

CREATE TABLE capture (
    profile_id INTEGER NOT NULL,
    captured_on TEXT NOT NULL,
    h_index INTEGER,
    paper_count INTEGER,
    citation_count INTEGER,
    novelty_percent INTEGER,
    ai_score REAL,
    PRIMARY KEY (profile_id, captured_on),
    FOREIGN KEY(profile_id) REFERENCES profile (id)
)
 WITHOUT ROWID,
 STRICT
;

CREATE TABLE source_chunk (
    source_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (source_id, position),
    FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT
;

CREATE TABLE paper_source (
    paper_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    line INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    PRIMARY KEY (paper_id, source_id, start, "end"),
    FOREIGN KEY(paper_id) REFERENCES paper (id),
    FOREIGN KEY(source_id) REFERENCES source (id)
)
 WITHOUT ROWID,
 STRICT
;

CREATE INDEX paper_source_reverse ON paper_source (source_id);

CREATE TABLE block (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    raw TEXT NOT NULL,
    UNIQUE (source_id, start, "end", kind, name),
    FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT
;

CREATE TABLE linked_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    "query" TEXT NOT NULL,
    project TEXT NOT NULL,
    direction TEXT NOT NULL,
    write_when TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    stamp TEXT NOT NULL,
    version INTEGER NOT NULL,
    head TEXT NOT NULL,
    taken INTEGER NOT NULL,
    linked INTEGER NOT NULL,
    UNIQUE (path)
)
 STRICT
;

CREATE TABLE linked_base (
    file_id INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (file_id),
    FOREIGN KEY(file_id) REFERENCES linked_file (id)
)
 STRICT
;

CREATE TABLE linked_state (
    file_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (file_id, sha256),
    FOREIGN KEY(file_id) REFERENCES linked_file (id)
)
 WITHOUT ROWID,
 STRICT
;

CREATE TABLE linked_entry (
    file_id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    paper_id INTEGER NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (file_id, "key"),
    FOREIGN KEY(file_id) REFERENCES linked_file (id)
)
 WITHOUT ROWID,
 STRICT
;

CREATE INDEX linked_entry_paper ON linked_entry (paper_id);

CREATE TABLE change (
    id INTEGER NOT NULL,
    operation_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first_id INTEGER,
    last_id INTEGER,
    subject TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    image BLOB,
    PRIMARY KEY (id),
    FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT
;

CREATE INDEX change_operation ON change (operation_id);

CREATE INDEX change_paper ON change (first_id);

CREATE VIEW paper_content AS SELECT paper.id AS id, coalesce(search_text.title, paper.title) AS title, coalesce(search_text.author, paper_text.author) AS author, coalesce(search_text.abstract, paper_text.abstract) AS abstract, coalesce(search_text.venue, paper.venue) AS venue, coalesce(search_text."key", paper."key") AS "key", (SELECT group_concat(coalesce(note.search_copy, note.text), '  ') FROM note WHERE note.paper_id = paper.id) AS note FROM paper JOIN paper_text ON paper_text.paper_id = paper.id LEFT JOIN search_text ON search_text.paper_id = paper.id;

CREATE VIRTUAL TABLE paper_index USING fts5(title, author, abstract, venue, key, note, content='paper_content', content_rowid='id', tokenize="unicode61 remove_diacritics 2 tokenchars 'ᦰᦱᦲᦳᦴᦵᦶᦷᦸᦹᦺᦻᦼᦽᦾᦿᧀᧈᧉᳲᳳ'", prefix='1 2 3', columnsize=0);

INSERT INTO paper_index(paper_index, rank) VALUES ('hashsize', 8000000);
