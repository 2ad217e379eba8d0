"""Archive files and full texts can be let go when they are old: their rows stay, and say when that was."""

from alembic import op

revision = "0005"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE archive_file ADD COLUMN let_go_at timestamptz;
COMMENT ON COLUMN archive_file.let_go_at IS
    'When the file was deleted for its age; its records stay as rows: what was fetched when, and its SHA-256.';
ALTER TABLE revision ADD COLUMN let_go_at timestamptz;
COMMENT ON COLUMN revision.let_go_at IS
    'When the full text was deleted for its age: body holds what may be quoted of it, text_sha256 is still that of the whole.';
"""

INDEXES = """
CREATE INDEX archive_file_kept ON archive_file (run_id) WHERE let_go_at IS NULL;
CREATE INDEX revision_kept ON revision (id) WHERE let_go_at IS NULL;
CREATE INDEX record_of_file ON record (archive_file_id);
"""
"""Every night asks for what is kept: so its time goes with 90 days, not with all that ever was."""

HELD = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM revision WHERE let_go_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Full texts were let go: an older version would judge what is left of them as if it were all.';
    END IF;
END $$;
"""


def upgrade() -> None:
    """Add the columns and indexes."""
    op.execute(COLUMNS)
    op.execute(INDEXES)


def downgrade() -> None:
    """Take them back, unless a text was let go."""
    op.execute(HELD)
    op.execute(
        "DROP INDEX record_of_file; ALTER TABLE archive_file DROP COLUMN let_go_at; ALTER TABLE revision DROP COLUMN let_go_at"
    )
