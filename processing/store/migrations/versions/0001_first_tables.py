"""The first tables: runs and fetches, archive, articles, judgements, stories, editions, readers and deliveries."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CRAWL = """
CREATE TABLE outlet (
    name text PRIMARY KEY,
    title text NOT NULL,
    country char(2) NOT NULL,
    languages text[] NOT NULL,
    publisher_group text NOT NULL,
    ownership text NOT NULL CHECK (ownership IN ('state', 'public', 'private')),
    mode text NOT NULL CHECK (mode IN ('pages', 'feed_only')),
    timezone text NOT NULL,
    switched_off text
);
CREATE TABLE run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    outlet text REFERENCES outlet,
    kind text NOT NULL CHECK (kind IN ('crawl', 'import')),
    as_of timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'registered', 'processed', 'failed')),
    problems text[] NOT NULL DEFAULT '{}',
    finish_reason text,
    fields jsonb NOT NULL DEFAULT '{}',
    attempts smallint NOT NULL DEFAULT 0,
    error text,
    CHECK (outlet IS NOT NULL OR kind = 'import')
);
COMMENT ON TABLE run IS
    'The work queue: a registered run waits for processing, whatever Airflow thinks of it. Its row lock is the claim.';
COMMENT ON COLUMN run.fields IS 'How many of its articles have each field, by what found it.';
CREATE INDEX run_waiting ON run (id) WHERE state = 'registered';
CREATE INDEX run_of_outlet ON run (outlet, as_of);
CREATE TABLE archive_file (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL REFERENCES run,
    uri text NOT NULL UNIQUE
);
CREATE TABLE record (
    id text PRIMARY KEY,
    archive_file_id bigint NOT NULL REFERENCES archive_file,
    byte_offset bigint NOT NULL,
    byte_length bigint NOT NULL,
    payload_sha256 text NOT NULL,
    fetched_at timestamptz NOT NULL
);
COMMENT ON TABLE record IS 'Where each WARC record lies; files may move, ids stay.';
CREATE TABLE fetched (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL REFERENCES run,
    url text NOT NULL,
    canonical_url text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('robots', 'feed', 'sitemap', 'index', 'page')),
    status smallint,
    record_id text REFERENCES record,
    bytes bigint NOT NULL DEFAULT 0,
    milliseconds integer NOT NULL DEFAULT 0,
    article_url text,
    part smallint NOT NULL DEFAULT 1,
    more boolean NOT NULL DEFAULT false,
    fate text CHECK (fate IN ('stored', 'revised', 'duplicate', 'unchanged', 'disallowed', 'failed', 'rejected',
        'quarantined')),
    reason text NOT NULL DEFAULT ''
);
CREATE INDEX fetched_run ON fetched (run_id);
CREATE INDEX fetched_url ON fetched (canonical_url);
CREATE TABLE validator (
    url text PRIMARY KEY,
    outlet text NOT NULL REFERENCES outlet,
    etag text,
    last_modified text
);
"""

ARTICLES = """
CREATE TABLE article (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL UNIQUE,
    outlet text NOT NULL REFERENCES outlet,
    first_seen_at timestamptz NOT NULL
);
CREATE TABLE revision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article_id bigint NOT NULL REFERENCES article ON DELETE CASCADE,
    text_sha256 text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    published_at timestamptz,
    modified_at timestamptz,
    authors text[] NOT NULL,
    editor text,
    dateline text,
    section text,
    tags text[] NOT NULL,
    image text,
    declared_language text,
    read_by jsonb NOT NULL,
    reader text NOT NULL,
    seen_at timestamptz NOT NULL,
    search_id tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('indonesian', title), 'A') || to_tsvector('indonesian', body)) STORED,
    search_en tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || to_tsvector('english', body)) STORED,
    UNIQUE (article_id, text_sha256)
);
CREATE INDEX revision_search_id ON revision USING gin (search_id);
CREATE INDEX revision_search_en ON revision USING gin (search_en);
CREATE TABLE revision_source (
    revision_id bigint NOT NULL REFERENCES revision ON DELETE CASCADE,
    part smallint NOT NULL,
    record_id text NOT NULL REFERENCES record,
    entry text,
    PRIMARY KEY (revision_id, part)
);
COMMENT ON COLUMN revision_source.entry IS 'The entry of a feed record, for an article read from a feed alone.';
CREATE TABLE judgement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision_id bigint NOT NULL REFERENCES revision ON DELETE CASCADE,
    judged_by text NOT NULL,
    language text NOT NULL,
    relevant boolean NOT NULL,
    score real NOT NULL,
    UNIQUE (revision_id, judged_by)
);
CREATE TABLE topic_tag (
    judgement_id bigint NOT NULL REFERENCES judgement ON DELETE CASCADE,
    topic text NOT NULL,
    parent text,
    score real NOT NULL,
    evidence jsonb NOT NULL,
    PRIMARY KEY (judgement_id, topic)
);
CREATE INDEX topic_tag_topic ON topic_tag (topic);
CREATE TABLE entity_mention (
    judgement_id bigint NOT NULL REFERENCES judgement ON DELETE CASCADE,
    entity text NOT NULL,
    kind text NOT NULL,
    label text NOT NULL,
    mentions integer NOT NULL,
    in_title boolean NOT NULL,
    PRIMARY KEY (judgement_id, entity)
);
CREATE INDEX entity_mention_entity ON entity_mention (entity);
CREATE TABLE attribution (
    judgement_id bigint NOT NULL REFERENCES judgement ON DELETE CASCADE,
    source text NOT NULL,
    evidence text NOT NULL,
    wire_copy boolean NOT NULL,
    PRIMARY KEY (judgement_id, source)
);
"""

STORIES = """
CREATE TABLE story (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);
CREATE INDEX story_last_seen ON story (last_seen_at);
CREATE TABLE story_redirect (
    from_story bigint PRIMARY KEY,
    to_story bigint NOT NULL REFERENCES story,
    reason text NOT NULL
);
CREATE TABLE story_article (
    article_id bigint PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    story_id bigint NOT NULL REFERENCES story,
    duplicate_of bigint REFERENCES article,
    score real NOT NULL,
    joined_by text NOT NULL
);
COMMENT ON TABLE story_article IS 'Decided once: an assignment that exists is read, never decided again.';
CREATE INDEX story_article_story ON story_article (story_id);
"""

EDITIONS = """
CREATE TABLE series (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    title text NOT NULL,
    topics text[] NOT NULL DEFAULT '{}',
    watched text[] NOT NULL DEFAULT '{}',
    language text NOT NULL CHECK (language IN ('id', 'en')),
    timezone text NOT NULL,
    send_at time NOT NULL,
    weekdays smallint[] NOT NULL DEFAULT '{1,2,3,4,5,6,7}',
    active boolean NOT NULL DEFAULT true
);
COMMENT ON COLUMN series.weekdays IS 'ISO: Monday is 1. Empty topics mean all; watched are ids of entities.';
CREATE TABLE edition (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    series_id bigint NOT NULL REFERENCES series,
    cutoff timestamptz NOT NULL,
    content jsonb NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    built_by text NOT NULL,
    UNIQUE (series_id, cutoff)
);
CREATE TABLE edition_article (
    edition_id bigint NOT NULL REFERENCES edition ON DELETE CASCADE,
    article_id bigint NOT NULL REFERENCES article ON DELETE CASCADE,
    story_id bigint NOT NULL REFERENCES story,
    PRIMARY KEY (edition_id, article_id)
);
COMMENT ON TABLE edition_article IS 'The articles of each story that an edition has shown: what is new is told against them.';
CREATE TABLE reader (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address text NOT NULL UNIQUE,
    name text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('pending', 'active', 'paused', 'bounced', 'unsubscribed')),
    token text NOT NULL UNIQUE,
    consent_source text NOT NULL,
    consented_at timestamptz NOT NULL
);
CREATE TABLE subscription (
    reader_id bigint NOT NULL REFERENCES reader ON DELETE CASCADE,
    series_id bigint NOT NULL REFERENCES series,
    PRIMARY KEY (reader_id, series_id)
);
CREATE TABLE suppression (
    address_sha256 text PRIMARY KEY,
    reason text NOT NULL,
    since timestamptz NOT NULL
);
CREATE TABLE delivery (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES edition,
    reader_id bigint NOT NULL REFERENCES reader ON DELETE CASCADE,
    message_id text NOT NULL UNIQUE,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'uncertain',
        'withdrawn')),
    attempts smallint NOT NULL DEFAULT 0,
    claimed_at timestamptz,
    next_try_at timestamptz,
    sent_at timestamptz,
    error text,
    UNIQUE (edition_id, reader_id)
);
COMMENT ON TABLE delivery IS 'The outbox: one row an edition and reader; marked sending before SMTP, sent after it. Withdrawn: the reader left before it was sent.';
CREATE INDEX delivery_waiting ON delivery (id) WHERE state IN ('queued', 'sending');
CREATE INDEX edition_article_article ON edition_article (article_id);
CREATE INDEX subscription_series ON subscription (series_id);
"""


def upgrade() -> None:
    """Make the tables in the schema that the connection's search path names first."""
    for part in (CRAWL, ARTICLES, STORIES, EDITIONS):
        op.execute(part)


def downgrade() -> None:
    """Drop everything these tables held."""
    op.execute(
        "DROP TABLE delivery, suppression, subscription, reader, edition_article, edition, series, story_article,"
        " story_redirect, story, attribution, entity_mention, topic_tag, judgement, revision_source, revision, article,"
        " validator, fetched, record, archive_file, run, outlet"
    )
