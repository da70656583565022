-- The first shape of the store. Never edited once shipped: changes are later files (migrations/hashes.txt holds the hashes).
--
-- Ids are UUID v7 as text, times are milliseconds since 1970 at UTC, structures are JSON as text.
-- Lists of codes that the house has decided stand in CHECKs; lists that the platforms own (statuses, revisions) do not.

PRAGMA application_id = 1128551243; -- 'CDSK'

-- A connection without its secrets, which are in the keyring of the system (DECISIONS 1).
CREATE TABLE connections (
    id                TEXT PRIMARY KEY CHECK (length(id) = 36),
    name              TEXT NOT NULL,
    kind              TEXT NOT NULL CHECK (kind IN ('axisfi', 'bultra')),
    revision          TEXT CHECK ((revision IS NOT NULL) = (kind = 'axisfi')),
    environment       TEXT NOT NULL CHECK (environment IN ('sandbox', 'test', 'production')),
    base_url          TEXT NOT NULL,
    archived_at       INTEGER,
    sent_at           INTEGER, -- the first time anything was sent: from then on the host stays
    api_key_tail      TEXT,    -- what may be shown of a credential, never more than four characters
    api_key_set_at    INTEGER,
    api_secret_tail   TEXT,
    api_secret_set_at INTEGER,
    tested_at         INTEGER,
    test_json         TEXT,
    created_at        INTEGER NOT NULL,
    CHECK (length(coalesce(api_key_tail, '')) <= 4 AND length(coalesce(api_secret_tail, '')) <= 4)
) STRICT;

CREATE TRIGGER connections_never_deleted BEFORE DELETE ON connections
BEGIN SELECT raise(ABORT, 'a connection is archived, never deleted'); END;

CREATE TRIGGER connections_keep_their_kind BEFORE UPDATE OF id, kind, environment ON connections
WHEN new.id <> old.id OR new.kind <> old.kind OR new.environment <> old.environment
BEGIN SELECT raise(ABORT, 'kind and environment of a connection never change'); END;

-- A customer of a connection as lists and search use it. The number is stable, for a full-text index beside this table.
CREATE TABLE customers (
    number              INTEGER PRIMARY KEY,
    connection_id       TEXT NOT NULL REFERENCES connections (id),
    customer_id         TEXT NOT NULL CHECK (customer_id <> ''),
    partner_customer_id TEXT,
    name                TEXT NOT NULL,
    local_name          TEXT NOT NULL,
    country             TEXT,
    status_raw          TEXT,
    status_group        TEXT CHECK (status_group IN ('waiting', 'active', 'attention', 'stopped', 'unknown')),
    read_at             INTEGER NOT NULL,
    UNIQUE (connection_id, customer_id),
    CHECK ((status_raw IS NULL) = (status_group IS NULL))
) STRICT;

CREATE INDEX customers_by_partner ON customers (connection_id, partner_customer_id);
CREATE INDEX customers_by_reading ON customers (connection_id, read_at);

-- One answer of a platform about one customer, whole. The order is that of arrival (seq), not of a clock.
-- The same answer again moves last_read_at only.
CREATE TABLE readings (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    connection_id TEXT NOT NULL,
    customer_id   TEXT NOT NULL,
    raw           TEXT NOT NULL,
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    status_raw    TEXT,
    status_group  TEXT CHECK (status_group IN ('waiting', 'active', 'attention', 'stopped', 'unknown')),
    first_read_at INTEGER NOT NULL,
    last_read_at  INTEGER NOT NULL,
    FOREIGN KEY (connection_id, customer_id) REFERENCES customers (connection_id, customer_id),
    CHECK ((status_raw IS NULL) = (status_group IS NULL))
) STRICT;

CREATE INDEX readings_of_customer ON readings (connection_id, customer_id, seq);

-- The newest state of a draft. Its partner_customer_id is unique only by a question that warns: two drafts may hold the
-- same text while somebody types, and saving must not fail for that. What may be sent is settled by submissions below.
CREATE TABLE drafts (
    id                  TEXT PRIMARY KEY CHECK (length(id) = 36),
    connection_id       TEXT NOT NULL REFERENCES connections (id),
    purpose             TEXT NOT NULL CHECK (purpose IN ('new', 'update')),
    customer_id         TEXT,
    base_reading_id     TEXT REFERENCES readings (id),
    state               TEXT NOT NULL CHECK (state IN
                            ('editing', 'queued', 'sending', 'paused', 'accepted', 'rejected', 'unknown', 'conflict')),
    seq                 INTEGER NOT NULL CHECK (seq >= 0), -- the number of the newest edit
    texts               TEXT NOT NULL CHECK (json_valid(texts)),
    persons             TEXT NOT NULL CHECK (json_valid(persons)),
    partner_customer_id TEXT GENERATED ALWAYS AS (json_extract(texts, '$.partner_customer_id')) VIRTUAL,
    position            TEXT,
    open                INTEGER NOT NULL CHECK (open IN (0, 1)), -- an editor shows it: still 1 at start means a crash
    created_at          INTEGER NOT NULL,
    saved_at            INTEGER NOT NULL,
    deleted_at          INTEGER,
    CHECK ((purpose = 'update') = (customer_id IS NOT NULL)),
    CHECK ((purpose = 'update') = (base_reading_id IS NOT NULL))
) STRICT;

CREATE INDEX drafts_of_connection ON drafts (connection_id, saved_at);
CREATE INDEX drafts_by_partner ON drafts (connection_id, partner_customer_id);

-- One accepted edit (DECISIONS 4). Whole form: prefix and suffix are null, old and new are the texts, null for blank.
-- Difference form, where both texts together are over 4 KB: prefix and suffix count the bytes in common at the beginning
-- and at the end, old and new are what stands between. An added person has its place in new; a removed one has
-- {"at": place, "texts": {path: text}} in old; the path of both is business_person_list/<uuid>.
CREATE TABLE draft_edits (
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    batch    TEXT NOT NULL CHECK (length(batch) = 36),
    op       TEXT NOT NULL CHECK (op IN ('set', 'add', 'remove', 'undo', 'redo')),
    path     TEXT NOT NULL,
    old      TEXT,
    new      TEXT,
    prefix   INTEGER CHECK (prefix >= 0),
    suffix   INTEGER CHECK (suffix >= 0),
    at       INTEGER NOT NULL,
    PRIMARY KEY (draft_id, seq),
    CHECK ((prefix IS NULL) = (suffix IS NULL))
) STRICT, WITHOUT ROWID;

-- One attempt to make a platform accept an application. What was frozen stays frozen.
CREATE TABLE submissions (
    id                  TEXT PRIMARY KEY CHECK (length(id) = 36),
    draft_id            TEXT NOT NULL REFERENCES drafts (id),
    connection_id       TEXT NOT NULL REFERENCES connections (id),
    purpose             TEXT NOT NULL CHECK (purpose IN ('new', 'update')),
    partner_customer_id TEXT NOT NULL CHECK (partner_customer_id <> ''),
    draft_seq           INTEGER NOT NULL CHECK (draft_seq >= 0),
    body                BLOB NOT NULL,
    body_sha256         BLOB NOT NULL CHECK (length(body_sha256) = 32),
    persons             TEXT NOT NULL CHECK (json_valid(persons)), -- index on the wire to person (DECISIONS 3)
    idempotency_id      TEXT NOT NULL UNIQUE,
    state               TEXT NOT NULL CHECK (state IN
                            ('queued', 'sending', 'paused', 'unknown', 'accepted', 'rejected', 'conflict', 'not_sent')),
    tries               INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),  -- times it was leased for sending
    misses              INTEGER NOT NULL DEFAULT 0 CHECK (misses >= 0), -- look-ups that did not find it
    customer_id         TEXT,
    answers             TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(answers)),
    created_at          INTEGER NOT NULL,
    changed_at          INTEGER NOT NULL,
    due_at              INTEGER NOT NULL -- not sent or looked up before
) STRICT;

CREATE INDEX submissions_of_draft ON submissions (draft_id, created_at);
CREATE INDEX submissions_by_partner ON submissions (connection_id, partner_customer_id);
CREATE INDEX submissions_by_state ON submissions (state, due_at);

-- A draft has at most one attempt that is on its way or that succeeded.
CREATE UNIQUE INDEX submissions_one_alive ON submissions (draft_id)
WHERE state IN ('queued', 'sending', 'paused', 'unknown', 'accepted');

-- A partner_customer_id belongs to the first draft that queued it for a new customer (DECISIONS 5); the same draft may
-- use it again after a rejection.
CREATE TRIGGER submissions_partner_of_one_draft BEFORE INSERT ON submissions
WHEN new.purpose = 'new' AND EXISTS (
    SELECT 1 FROM submissions
    WHERE connection_id = new.connection_id AND partner_customer_id = new.partner_customer_id
        AND purpose = 'new' AND draft_id <> new.draft_id)
BEGIN SELECT raise(ABORT, 'partner_customer_id belongs to another draft'); END;

CREATE TRIGGER submissions_stay_frozen
BEFORE UPDATE OF id, draft_id, connection_id, purpose, partner_customer_id, draft_seq, body, body_sha256, persons,
    idempotency_id, created_at ON submissions
BEGIN SELECT raise(ABORT, 'a submission is frozen'); END;

CREATE TRIGGER submissions_never_deleted BEFORE DELETE ON submissions
BEGIN SELECT raise(ABORT, 'a submission is never deleted'); END;

-- A file that waits to be sent or was sent. The content goes once the platform has it.
CREATE TABLE documents (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    draft_id   TEXT NOT NULL REFERENCES drafts (id),
    path       TEXT NOT NULL, -- the field whose slot it fills
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL CHECK (size >= 0),
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    content    BLOB,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'unknown', 'failed')),
    file_id    TEXT,
    created_at INTEGER NOT NULL,
    sent_at    INTEGER,
    CHECK (content IS NOT NULL OR state = 'sent')
) STRICT;

CREATE INDEX documents_of_draft ON documents (draft_id, path);

-- The trail: each mac covers its row and the mac before (DECISIONS 16; the key is the setting activity.key).
CREATE TABLE activity (
    seq    INTEGER PRIMARY KEY CHECK (seq > 0),
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    result TEXT NOT NULL,
    mac    BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE INDEX activity_of_object ON activity (object, at);

CREATE TRIGGER activity_never_changed BEFORE UPDATE ON activity
BEGIN SELECT raise(ABORT, 'the trail is only added to'); END;

CREATE TRIGGER activity_never_deleted BEFORE DELETE ON activity
BEGIN SELECT raise(ABORT, 'the trail is only added to'); END;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
