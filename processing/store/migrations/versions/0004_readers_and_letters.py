"""Readers with choices of their own, letters beside editions in the outbox, alerts, bounces, and keys for signed links."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

READERS = """
ALTER TABLE series ADD COLUMN kind text NOT NULL DEFAULT 'desk' CHECK (kind IN ('desk', 'personal'));
COMMENT ON COLUMN series.kind IS
    'A personal series is made of a choice (topics, language, zone, hour, days) that one reader or several made: no archive lists it.';
ALTER TABLE reader
    ADD COLUMN language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
    ADD COLUMN timezone text NOT NULL DEFAULT 'Asia/Jakarta',
    ADD COLUMN paused_until timestamptz,
    ADD COLUMN soft_bounces smallint NOT NULL DEFAULT 0,
    ADD COLUMN state_since timestamptz,
    ADD COLUMN state_reason text NOT NULL DEFAULT '',
    ADD COLUMN alert_weight smallint CHECK (alert_weight BETWEEN 1 AND 5),
    ADD COLUMN alerts_a_day smallint NOT NULL DEFAULT 3,
    ADD COLUMN quiet_from time NOT NULL DEFAULT '21:00',
    ADD COLUMN quiet_until time NOT NULL DEFAULT '06:00',
    DROP CONSTRAINT reader_state_check,
    ADD CONSTRAINT reader_state_check CHECK (state IN ('pending', 'active', 'paused', 'bounced', 'complained', 'unsubscribed'));
COMMENT ON COLUMN reader.alert_weight IS 'The weight of a story from which it is mailed at once; NULL: none is. Quiet hours are in the reader''s zone.';
CREATE TABLE saved_search (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader_id bigint NOT NULL REFERENCES reader ON DELETE CASCADE,
    words text NOT NULL,
    saved_at timestamptz NOT NULL,
    UNIQUE (reader_id, words)
);
"""

LETTERS = """
CREATE TABLE letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader_id bigint NOT NULL REFERENCES reader ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('confirmation', 'link', 'alert')),
    key text NOT NULL UNIQUE,
    language text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    written_at timestamptz NOT NULL
);
COMMENT ON TABLE letter IS 'A mail to one reader that is no edition; its key says what it is about, so that it is written once.';
ALTER TABLE delivery
    ALTER COLUMN edition_id DROP NOT NULL,
    ADD COLUMN letter_id bigint UNIQUE REFERENCES letter ON DELETE CASCADE,
    ADD COLUMN bounced_at timestamptz,
    ADD COLUMN bounce text,
    ADD CHECK (num_nonnulls(edition_id, letter_id) = 1);
COMMENT ON COLUMN delivery.bounce IS 'What a bounce or a complaint said of a mail that the relay had taken.';
CREATE TABLE alert (
    reader_id bigint NOT NULL REFERENCES reader ON DELETE CASCADE,
    story_id bigint NOT NULL REFERENCES story,
    letter_id bigint NOT NULL REFERENCES letter ON DELETE CASCADE,
    alerted_at timestamptz NOT NULL,
    PRIMARY KEY (reader_id, story_id)
);
CREATE TABLE signing_key (
    name text PRIMARY KEY,
    key text NOT NULL
);
COMMENT ON TABLE signing_key IS 'Made once: what signed links are signed with, wherever the sender and the pages run.';
ALTER TABLE edition ADD COLUMN rerendered_at timestamptz;
"""


def upgrade() -> None:
    """Add the columns and tables."""
    op.execute(READERS)
    op.execute(LETTERS)


def downgrade() -> None:
    """Take them back; letters go with their deliveries, and readers in a state that is new are unsubscribed."""
    op.execute(
        """
        DELETE FROM delivery WHERE letter_id IS NOT NULL;
        ALTER TABLE edition DROP COLUMN rerendered_at;
        ALTER TABLE delivery DROP COLUMN letter_id, DROP COLUMN bounced_at, DROP COLUMN bounce, ALTER COLUMN edition_id SET NOT NULL;
        DROP TABLE signing_key, alert, letter, saved_search;
        UPDATE reader SET state = 'unsubscribed' WHERE state = 'complained';
        ALTER TABLE reader
            DROP COLUMN language, DROP COLUMN timezone, DROP COLUMN paused_until, DROP COLUMN soft_bounces,
            DROP COLUMN state_since, DROP COLUMN state_reason, DROP COLUMN alert_weight, DROP COLUMN alerts_a_day,
            DROP COLUMN quiet_from, DROP COLUMN quiet_until,
            DROP CONSTRAINT reader_state_check,
            ADD CONSTRAINT reader_state_check CHECK (state IN ('pending', 'active', 'paused', 'bounced', 'unsubscribed'));
        ALTER TABLE series DROP COLUMN kind;
        """
    )
