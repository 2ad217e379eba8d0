"""Rules that fell short are demoted; a run remembers what reading said of it; an older text can be brought back."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what demotions, repeated verdicts and returning texts need."""
    op.execute(
        """
        CREATE TABLE demotion (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            outlet text NOT NULL REFERENCES outlet,
            field text NOT NULL,
            rules_sha256 text NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            since timestamptz NOT NULL,
            reason text NOT NULL,
            lifted_at timestamptz
        );
        COMMENT ON TABLE demotion IS
            'Rules of an outlet that fell short for a field: later runs leave them aside while the rules are the same.';
        CREATE UNIQUE INDEX demotion_standing ON demotion (outlet, field, rules_sha256) WHERE lifted_at IS NULL;
        ALTER TABLE run ADD COLUMN reading_problems text[] NOT NULL DEFAULT '{}';
        COMMENT ON COLUMN run.reading_problems IS 'Those of its problems that reading found; the others are the crawl''s.';
        ALTER TABLE revision ADD COLUMN again_of bigint REFERENCES revision;
        COMMENT ON COLUMN revision.again_of IS 'The older revision whose text a re-reading brought back.';
        CREATE INDEX revision_again_of ON revision (again_of) WHERE again_of IS NOT NULL;
        ALTER TABLE revision DROP CONSTRAINT revision_article_id_text_sha256_key;
        CREATE UNIQUE INDEX revision_first_of_text ON revision (article_id, text_sha256) WHERE again_of IS NULL;
        CREATE INDEX revision_of_article ON revision (article_id, text_sha256);
        """
    )


def downgrade() -> None:
    """Take it back; texts that were brought back go with their rows."""
    op.execute(
        """
        DELETE FROM revision WHERE again_of IS NOT NULL;
        DROP INDEX revision_of_article, revision_first_of_text;
        ALTER TABLE revision ADD UNIQUE (article_id, text_sha256);
        ALTER TABLE revision DROP COLUMN again_of;
        ALTER TABLE run DROP COLUMN reading_problems;
        DROP TABLE demotion;
        """
    )
