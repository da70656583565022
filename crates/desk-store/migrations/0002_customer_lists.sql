-- Lists and search of the customers known here. What this file adds is made of the rows of 0001 by the program itself,
-- which folds texts as SQLite cannot (desk_domain::search): the setting search.version says how, and where it differs all
-- of it is made anew at the opening.

-- A shelf holds the customers of one connection in one status group, so that counting them is reading a few rows.
-- A customer of whom no reading says a status is on the shelf of the unknown.
CREATE TABLE customer_shelves (
    shelf         INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    status_group  TEXT NOT NULL CHECK (status_group IN ('waiting', 'active', 'attention', 'stopped', 'unknown')),
    customers     INTEGER NOT NULL CHECK (customers >= 0),
    UNIQUE (connection_id, status_group)
) STRICT;

ALTER TABLE customers ADD COLUMN shelf INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN name_sort TEXT NOT NULL DEFAULT ''; -- the name, folded; after all others where there is none

-- One index an order of the list, each with the shelf: a page is found by walking it, without a look at any other row.
-- The number parts equals, so that no page has a row of another.
DROP INDEX customers_by_reading;
CREATE INDEX customers_of_shelf ON customers (shelf);
CREATE INDEX customers_by_read_at ON customers (read_at, number, shelf);
CREATE INDEX customers_by_name ON customers (name_sort, number, shelf);
CREATE INDEX customers_by_country ON customers (coalesce(country, '~'), name_sort, number, shelf);
CREATE INDEX customers_by_status ON customers (coalesce(lower(status_raw), '~'), name_sort, number, shelf);

-- Search. Row ids are shelf << 40 | number, so that what is found need not be looked up to be counted.
-- Any part of three letters or more, of names, ids, numbers and email addresses.
CREATE VIRTUAL TABLE customers_parts USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);
-- Beginnings of words of names, and Han, kana and Hangul letter by letter. The program parts the words by spaces and
-- knows more of Unicode than the tokenizers of SQLite do: to this one every letter beyond ASCII is one of a word.
CREATE VIRTUAL TABLE customers_words USING fts5 (
    text, content = '', contentless_delete = 1, prefix = '1 2', tokenize = 'ascii'
);

-- Counting and paging drafts reads this, not every draft's texts.
CREATE INDEX drafts_listed ON drafts (connection_id, deleted_at, state, saved_at, id);
