"""Backfills: runs of their own kind, articles that no crawl has brought, and the files that were gone through."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UP = """
ALTER TABLE run DROP CONSTRAINT run_kind_check;
ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN ('crawl', 'import', 'backfill'));
ALTER TABLE article ADD COLUMN crawled boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN article.crawled IS
    'False while only a backfill has brought it: then it says nothing of how our crawls fare, and is not counted for it.';
CREATE INDEX article_crawled ON article (first_seen_at) WHERE crawled;
CREATE TABLE backfilled_file (
    uri text NOT NULL,
    selection_sha256 text NOT NULL,
    bytes bigint,
    as_of timestamptz NOT NULL,
    counts jsonb NOT NULL,
    PRIMARY KEY (uri, selection_sha256)
);
COMMENT ON TABLE backfilled_file IS
    'WARC files of others that were gone through to their end: for what was asked for then they need not be read again.';
COMMENT ON COLUMN backfilled_file.counts IS 'Their records by fate, of each outlet; under "" those of no outlet.';
"""

HELD = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM run WHERE kind = 'backfill') THEN
        RAISE EXCEPTION 'There are runs of backfills, which older versions do not know: they would be taken for crawls.';
    END IF;
END $$;
"""


def upgrade() -> None:
    """Let runs be backfills, and write down what they have gone through."""
    op.execute(UP)


def downgrade() -> None:
    """Take it back, unless something was backfilled."""
    op.execute(HELD)
    op.execute(
        "DROP TABLE backfilled_file; ALTER TABLE article DROP COLUMN crawled;"
        " ALTER TABLE run DROP CONSTRAINT run_kind_check;"
        " ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN ('crawl', 'import'))"
    )
