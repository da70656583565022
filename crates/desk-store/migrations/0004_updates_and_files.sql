-- What updates, readings that are kept up, and files need to know (DECISIONS 9, 13; ARCHITECTURE "The store").

-- Of an update: the person of the form for each place of `business_person_list` in its base, in that order. Null for a
-- draft of a new customer, and for an update of version 3, which had no form.
ALTER TABLE drafts ADD COLUMN base_persons TEXT CHECK (base_persons IS NULL OR json_valid(base_persons));
-- When it was made of that reading: what was accepted of ours by then stands in for what the reading lacks.
ALTER TABLE drafts ADD COLUMN base_at INTEGER;
CREATE INDEX drafts_of_customer ON drafts (connection_id, customer_id) WHERE customer_id IS NOT NULL;

-- The newest reading (readings.seq) of which somebody here has seen what changed, and when a change came that nobody has.
ALTER TABLE customers ADD COLUMN seen_seq INTEGER;
ALTER TABLE customers ADD COLUMN changed_at INTEGER;
-- When the program asks for it again by itself; null where it does not. And how often it did since its status last changed
-- or a person asked.
ALTER TABLE customers ADD COLUMN ask_at INTEGER;
ALTER TABLE customers ADD COLUMN asks INTEGER NOT NULL DEFAULT 0 CHECK (asks >= 0);
-- Who was asked for a few times only goes before those who have waited for long: somebody has just sent them.
CREATE INDEX customers_asked ON customers (connection_id, asks > 2, ask_at, number) WHERE ask_at IS NOT NULL;
CREATE INDEX customers_changed ON customers (connection_id, changed_at, number, shelf) WHERE changed_at IS NOT NULL;
-- Version 3 asked for nothing by itself: what is there was seen as it is, and what is open is asked for from now on.
UPDATE customers SET seen_seq = (SELECT max(seq) FROM readings
    WHERE readings.connection_id = customers.connection_id AND readings.customer_id = customers.customer_id);
-- They have waited for long: whoever is sent from now on goes before them.
UPDATE customers SET ask_at = read_at, asks = 3 WHERE status_group IS NULL OR status_group NOT IN ('active', 'stopped');

-- The platform wants nothing more than what a person does before this time (429).
ALTER TABLE connections ADD COLUMN ask_after INTEGER;
-- The same for files, which are limited apart from that.
ALTER TABLE connections ADD COLUMN files_after INTEGER;
-- How files are sent: the pages settle neither.
ALTER TABLE connections ADD COLUMN upload_encoding TEXT NOT NULL DEFAULT 'multipart'
    CHECK (upload_encoding IN ('multipart', 'json'));
ALTER TABLE connections ADD COLUMN upload_limit_mb INTEGER NOT NULL DEFAULT 10 CHECK (upload_limit_mb BETWEEN 1 AND 100);

-- Files of drafts: what each is to the platform, and what became of sending it. Version 3 kept none. Their bytes have a
-- table of their own: SQLite walks through all of a large value to reach what stands behind it.
DROP TABLE documents;
CREATE TABLE documents (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    draft_id   TEXT NOT NULL REFERENCES drafts (id),
    path       TEXT NOT NULL, -- the field that wants its id
    file_type  TEXT NOT NULL CHECK (file_type IN
        ('invoice', 'contract', 'business_registration', 'article_of_association', 'main_page', 'back_page')),
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL CHECK (size > 0),
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    pages      INTEGER CHECK (pages >= 0),
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
    replaces   TEXT, -- what the field held when it was added: only that, or nothing, gives way to its id
    file_id    TEXT CHECK ((file_id IS NOT NULL) = (state = 'sent')),
    tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    due_at     INTEGER NOT NULL, -- not sent before
    reason     TEXT CHECK (reason IS NULL OR json_valid(reason)),
    created_at INTEGER NOT NULL,
    sent_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX documents_of_draft ON documents (draft_id, path);
CREATE INDEX documents_alive ON documents (created_at, id) WHERE state IN ('waiting', 'sending');

-- The bytes of a file, until the platform has accepted the draft or what was typed in it is forgotten, and a picture made
-- of its pixels, where it is one.
CREATE TABLE document_contents (
    document_id TEXT PRIMARY KEY REFERENCES documents (id),
    preview     BLOB,
    content     BLOB NOT NULL
) STRICT;
