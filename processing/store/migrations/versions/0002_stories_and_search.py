"""Merges and splits of stories are recorded; Indonesian is searched without its stop words."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STOP_WORDS = """
    ada adalah adapun agar akan akankah aku amat anda antar antara apa apabila apakah apalagi atas atau ataupun bagai
    bagaikan bagaimana bagi bahkan bahwa banyak baru beberapa begini begitu belum berbagai bersama bila bilamana bisa boleh
    bukan bukankah bukanlah cukup dahulu dalam dan dapat dari daripada demi demikian dengan di dia diri dirinya dong dulu
    entah guna hal hampir hanya harus hendak hingga ia ialah ini inilah itu itulah jadi jangan jika jikalau juga justru
    kalau kalian kami kamu karena ke kemudian kenapa kepada kerap ketika kini kita kok lagi lah lain lainnya lalu lebih maka
    makin malah mana manakala masih masing maupun melainkan melalui memang mengapa menjadi menuju menurut
    mereka meski meskipun misal misalnya mungkin namun nanti nah nya oleh pada padahal para pasti per perihal pernah pula
    pun saat saja saling sama sambil sampai sana sang sangat saya se sebab sebagai sebagaimana sebelum sebelumnya sebuah
    sedang sedangkan sedikit segala segera sejak sejumlah sekalipun sekarang sekitar selagi selain selalu selama seluruh
    semakin sementara semua semula seolah seorang seperti sering serta sesuatu sesudah setelah setiap si siapa sini situ
    suatu sudah supaya tanpa tapi telah tentang tentu tentunya terhadap terlalu tersebut tetap tetapi tiap tiba tidak
    tidakkah toh usai untuk walau walaupun waktu yaitu yakni yang
"""
"""Indonesian words that say nothing of what a text is about, without the clitics that the stemmer takes off by itself."""

SEARCH = f"""
CREATE FUNCTION indonesian_stop_words() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '{{{",".join(sorted(set(STOP_WORDS.split())))}}}'::text[];
COMMENT ON FUNCTION indonesian_stop_words() IS
    'Postgres stems Indonesian and has no stop list for it, and one of ours cannot be put into its folder.';
CREATE FUNCTION indonesian_vector(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('pg_catalog.indonesian', (
        SELECT coalesce(string_agg(word, ' ' ORDER BY place), '')
        FROM unnest(string_to_array(translate(given, E'\\n\\t', '  '), ' ')) WITH ORDINALITY AS split (word, place)
        WHERE lower(btrim(word, '.,;:!?()[]"“”‘’')) <> ALL (indonesian_stop_words())));
COMMENT ON FUNCTION indonesian_vector(text) IS 'What is searched of an Indonesian text: stems, without stop words.';
ALTER TABLE revision DROP COLUMN search_id;
ALTER TABLE revision ADD COLUMN search_id tsvector GENERATED ALWAYS AS (
    setweight(indonesian_vector(title), 'A') || indonesian_vector(body)) STORED;
CREATE INDEX revision_search_id ON revision USING gin (search_id);
"""  # noqa: S608 - our own words

STORIES = """
CREATE TABLE story_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('merge', 'split')),
    from_story bigint NOT NULL REFERENCES story,
    to_story bigint NOT NULL REFERENCES story,
    articles bigint[] NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE story_change IS 'Which articles went from one story to another, when and why; never rewritten.';
CREATE INDEX story_change_from ON story_change (from_story);
CREATE INDEX story_change_to ON story_change (to_story);
CREATE INDEX story_redirect_to ON story_redirect (to_story);
CREATE INDEX edition_article_story ON edition_article (story_id);
CREATE INDEX article_first_seen ON article (first_seen_at);
"""


def upgrade() -> None:
    """Add the record of changes, and index Indonesian anew."""
    for part in (SEARCH, STORIES):
        op.execute(part)


def downgrade() -> None:
    """Search Indonesian with its stop words again, and forget which stories were merged and split."""
    op.execute(
        "DROP INDEX article_first_seen, edition_article_story, story_redirect_to; DROP TABLE story_change;"
        " ALTER TABLE revision DROP COLUMN search_id;"
        " DROP FUNCTION indonesian_vector, indonesian_stop_words;"
        " ALTER TABLE revision ADD COLUMN search_id tsvector GENERATED ALWAYS AS (setweight(to_tsvector('indonesian', title),"
        " 'A') || to_tsvector('indonesian', body)) STORED;"
        " CREATE INDEX revision_search_id ON revision USING gin (search_id)"
    )
