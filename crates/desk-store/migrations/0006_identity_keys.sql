-- Who has the number of a business, the document of a person or our id already. The program makes the keys, out of texts
-- that SQLite cannot read (desk_domain::identity_keys): the setting identity.version says how, and where it differs all of
-- them are made anew, a few at a time, after the opening.

-- The scope is the environment; of our id the connection (DECISIONS 5). The last column is in the order of making, so that
-- of many with one key the newest are found first.
CREATE TABLE draft_keys (
    scope TEXT NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('identifier', 'id_document', 'partner_id')),
    key   TEXT NOT NULL,
    draft TEXT NOT NULL REFERENCES drafts (id),
    PRIMARY KEY (scope, kind, key, draft)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_keys_of_draft ON draft_keys (draft);

-- Of an individual: under their own number.
CREATE TABLE customer_keys (
    scope    TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('identifier', 'id_document', 'partner_id')),
    key      TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (number),
    PRIMARY KEY (scope, kind, key, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_keys_of_customer ON customer_keys (customer);
