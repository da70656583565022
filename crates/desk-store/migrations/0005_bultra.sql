-- The second platform (page 004): its connections, what it says of its customers, and how far its list was read.

-- Where a connection gets its tokens, and what it asks for (RFC 6749 section 4.4). A platform with keys has neither.
ALTER TABLE connections ADD COLUMN token_url TEXT;
ALTER TABLE connections ADD COLUMN token_scope TEXT;

-- The platform's word for what a customer is: INDIVIDUAL, CORPORATION, or one that this program does not know.
ALTER TABLE customers ADD COLUMN party TEXT;
-- What the platform's list says beside the status, as it came. A reading says the email address anew.
ALTER TABLE customers ADD COLUMN email TEXT;
ALTER TABLE customers ADD COLUMN platform_created_at TEXT;
-- When the platform's list last named it.
ALTER TABLE customers ADD COLUMN listed_at INTEGER;
-- A whole reading of the list did not name it any more, or the platform said that it has none such.
ALTER TABLE customers ADD COLUMN unlisted_at INTEGER;
-- It is known from the list alone: it was never read.
ALTER TABLE customers ADD COLUMN unread INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1));
CREATE INDEX customers_unread ON customers (connection_id, number) WHERE unread = 1 AND unlisted_at IS NULL;
-- Of an individual: its customer. Its own id is `<customer>/individuals/<individual>`, as in the paths of the API. It is
-- on no shelf (0): lists, counts and search have customers.
ALTER TABLE customers ADD COLUMN individual_of TEXT;
CREATE INDEX customers_individuals ON customers (connection_id, individual_of) WHERE individual_of IS NOT NULL;

-- Filters by the platform's words, and the order of its list: with the shelf, as the other indexes of lists.
CREATE INDEX customers_by_party ON customers (party COLLATE NOCASE, coalesce(lower(status_raw), '~'), shelf, number)
WHERE party IS NOT NULL;
CREATE INDEX customers_by_created_at ON customers (coalesce(platform_created_at, ''), number, shelf);

-- How far a list of a platform was read, by its filters; the empty text is none. Its rows are customers.
CREATE TABLE platform_lists (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    party         TEXT NOT NULL,
    status        TEXT NOT NULL,
    next_cursor   TEXT,             -- where to go on; null at the beginning and at the end
    rows_read     INTEGER NOT NULL CHECK (rows_read >= 0), -- since it began
    started_at    INTEGER NOT NULL, -- when it began: whoever is listed since then was named by it
    read_at       INTEGER NOT NULL, -- the newest page
    complete_at   INTEGER,          -- when it came to its end
    PRIMARY KEY (connection_id, party, status),
    CHECK (complete_at IS NULL OR next_cursor IS NULL)
) STRICT, WITHOUT ROWID;

-- A reading with the platform that said it: what its keys mean depends on that.
CREATE VIEW readings_by_kind AS
    SELECT readings.*, connections.kind FROM readings JOIN connections ON connections.id = readings.connection_id;
