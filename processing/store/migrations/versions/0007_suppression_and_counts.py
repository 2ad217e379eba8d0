"""A key for the suppression list's hashes, the counts that stay of deliveries whose details have gone, and indexes."""

import secrets

import psycopg2
from alembic import op
from sqlalchemy import text

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

BLOCK = 64
"""Bytes of a block of SHA-256: HMAC's key is as long (RFC 2104)."""
INNER, OUTER = 0x36, 0x5C
"""What HMAC mixes its key with, once for the inner hash and once for the outer (RFC 2104)."""

KEY = """
CREATE TABLE suppression_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    inner_key bytea NOT NULL CHECK (length(inner_key) = 64),
    outer_key bytea NOT NULL CHECK (length(outer_key) = 64)
);
COMMENT ON TABLE suppression_key IS
    'What addresses on the suppression list are hashed with, in the two forms that HMAC-SHA-256 uses. Made once; without it the list says nothing.';
CREATE FUNCTION keyed_hash(words text) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    hashed text;
BEGIN
    SELECT encode(sha256(outer_key || sha256(inner_key || convert_to(words, 'UTF8'))), 'hex') INTO hashed FROM suppression_key;
    IF hashed IS NULL THEN
        RAISE EXCEPTION 'The key of the suppression list is missing: restore the table suppression_key.';
    END IF;
    RETURN hashed;
END
$$;
CREATE FUNCTION address_hash(address text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN keyed_hash(encode(sha256(convert_to(lower(btrim(address)), 'UTF8')), 'hex'));
COMMENT ON FUNCTION address_hash IS
    'What the suppression list knows an address by: HMAC-SHA-256 of the plain SHA-256 that it was known by before there was a key.';
COMMENT ON COLUMN suppression.address_sha256 IS 'address_hash(address)';
"""

COUNTS = """
CREATE TABLE delivery_count (
    edition_id bigint REFERENCES edition ON DELETE CASCADE,
    letter_kind text,
    state text NOT NULL,
    deliveries integer NOT NULL,
    CHECK (num_nonnulls(edition_id, letter_kind) = 1)
);
CREATE UNIQUE INDEX delivery_count_key ON delivery_count (coalesce(edition_id, 0), coalesce(letter_kind, ''), state);
COMMENT ON TABLE delivery_count IS
    'What stays of deliveries after their details have gone, by age or because a reader was erased: how many of an edition or kind of letter ended how.';
"""

INDEXES = """
CREATE INDEX delivery_reader ON delivery (reader_id);
CREATE INDEX letter_reader ON letter (reader_id);
CREATE INDEX alert_letter ON alert (letter_id);
"""
"""What is looked for when a reader leaves or is erased, and when old letters go."""

HELD = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM suppression) THEN
        RAISE EXCEPTION 'The suppression list is hashed with a key that older versions do not know: taken back, it would protect nobody.';
    END IF;
END $$;
"""


def upgrade() -> None:
    """Make the key and the tables, and hash what is on the list with the key."""
    op.execute(KEY)
    key = secrets.token_bytes(BLOCK)
    op.get_bind().execute(
        text("INSERT INTO suppression_key (inner_key, outer_key) VALUES (:inner, :outer)"),
        {
            name: psycopg2.Binary(bytes(byte ^ pad for byte in key))
            for name, pad in (("inner", INNER), ("outer", OUTER))
        },
    )
    op.execute("UPDATE suppression SET address_sha256 = keyed_hash(address_sha256)")
    op.execute(COUNTS)
    op.execute(INDEXES)


def downgrade() -> None:
    """Take them back, unless somebody is on the list."""
    op.execute(HELD)
    op.execute(
        "DROP INDEX delivery_reader, letter_reader, alert_letter; DROP TABLE delivery_count; DROP FUNCTION address_hash; DROP FUNCTION keyed_hash; DROP TABLE suppression_key;"
        " COMMENT ON COLUMN suppression.address_sha256 IS NULL"
    )
