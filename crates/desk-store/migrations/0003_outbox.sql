-- What the outbox needs to know of a submission beside its state (RELIABILITY "Exactly once").

-- An update is judged against the reading it began with: "equals the base" is its "not found".
ALTER TABLE submissions ADD COLUMN base_reading_id TEXT REFERENCES readings (id);
-- The user has said that it may wait for the network; without that it goes back to the form.
ALTER TABLE submissions ADD COLUMN may_wait INTEGER NOT NULL DEFAULT 0 CHECK (may_wait IN (0, 1));
-- Why it is not sent or looked up now; null where only its turn or its time is missing.
ALTER TABLE submissions ADD COLUMN waits_for TEXT CHECK (waits_for IN ('network', 'rate', 'absence', 'connection'));
-- When it was last taken for sending: the quiet time before a miss counts begins here.
ALTER TABLE submissions ADD COLUMN leased_at INTEGER;
-- When it became unknown: a computer that slept in the middle of a call knows no better from leased_at alone.
ALTER TABLE submissions ADD COLUMN unknown_at INTEGER;
-- Look-ups since then, answered or not: the time to the next one grows with them.
ALTER TABLE submissions ADD COLUMN lookups INTEGER NOT NULL DEFAULT 0 CHECK (lookups >= 0);
-- The last look-up that missed and counted (misses counts those).
ALTER TABLE submissions ADD COLUMN missed_at INTEGER;
-- How often it was proven that the platform does not have it, so that it was sent again.
ALTER TABLE submissions ADD COLUMN absences INTEGER NOT NULL DEFAULT 0 CHECK (absences >= 0);

-- The few that are not at their end, in the order of their queue and with all that the queue asks of them: asked at every
-- turn, however many have ended.
CREATE INDEX submissions_alive ON submissions (connection_id, created_at, id, state, due_at, waits_for)
WHERE state IN ('queued', 'sending', 'paused', 'unknown');
-- What of a customer was accepted, newest last.
CREATE INDEX submissions_of_customer ON submissions (connection_id, customer_id, changed_at, id)
WHERE customer_id IS NOT NULL;

-- Version 2 queued and leased at one stroke and paused nothing, and its user never said that anything may wait: what a
-- fault left so is not sent unasked, its draft opens again.
UPDATE drafts SET state = 'editing' WHERE id IN (SELECT draft_id FROM submissions WHERE state IN ('queued', 'paused'));
UPDATE submissions SET state = 'not_sent', answers = json_insert(answers, '$[#]', json_object(
    'at', changed_at, 'state', 'not_sent', 'detail', json_object(
        'outcome', 'not_sent', 'reason', json_object('code', 'cancelled', 'params', json_object()), 'error', NULL,
        'at', strftime('%Y-%m-%dT%H:%M:%fZ', changed_at / 1000.0, 'unixepoch'))))
WHERE state IN ('queued', 'paused');
-- Its last change is the latest time at which it can have been sent, and have become unknown.
UPDATE submissions SET leased_at = changed_at WHERE state IN ('sending', 'unknown');
UPDATE submissions SET unknown_at = changed_at WHERE state = 'unknown';

CREATE TRIGGER submissions_base_stays_frozen BEFORE UPDATE OF base_reading_id, may_wait ON submissions
BEGIN SELECT raise(ABORT, 'a submission is frozen'); END;

-- What has come to an end is never sent again, and nothing is sent that was not taken from the queue.
CREATE TRIGGER submissions_end_once BEFORE UPDATE OF state ON submissions
WHEN (old.state IN ('accepted', 'rejected', 'conflict', 'not_sent') AND new.state IN ('queued', 'sending', 'paused', 'unknown'))
    OR (new.state = 'sending' AND old.state <> 'queued')
BEGIN SELECT raise(ABORT, 'a submission that has ended is not sent again'); END;
