"""Search on a real Postgres: stems without stop words, bounds, ranks, and an index that is used."""

from datetime import timedelta

import pytest
from stored import NOON, begun, outlet, store, verdict

from processing.digest.snippet import snippet
from processing.errors import PantauError
from processing.store import outlets
from processing.store.search import CLOSE, OPEN, explain, search


def titles(connection, words: str, **bounds) -> list[str]:
    """Give the titles that a search finds, the best first."""
    return [hit.title for hit in search(connection, words, **bounds)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("perairan kapal", True),
        ("kapalnya natuna", True),
        ("kapal yang ada di Natuna", True),
        ('"perairan natuna"', True),
        ('"perairan di natuna"', True),
        ('"natuna perairan"', False),
        ("kapal -natuna", False),
        ("kapal -yang natuna", True),
        ("kapal or pesawat", True),
        ("ship", False),
    ],
)
def test_indonesian_is_found_by_stems_without_stop_words(connection, words, found):
    """Affixes hide no word, stop words neither forbid nor part a phrase."""
    store(connection, "warta", "Kapal asing masuk perairan di Natuna", "Satu.\nDua.")
    assert bool(titles(connection, words)) is found


@pytest.mark.parametrize("words", ["", "yang di dan", "-yang", "  ", "!"])
def test_words_that_say_nothing_are_refused(connection, words):
    """A search for stop words alone finds nothing, and says so in a sentence."""
    store(connection, "warta", "Kapal yang di Natuna", "Yang di dan.")
    with pytest.raises(PantauError, match="no word to search for"):
        search(connection, words)


def test_english_is_searched_by_its_own_stems(connection):
    """A plural finds its singular."""
    store(connection, "news", "Vessel enters the zone", "One vessel was followed.", judgement=verdict("en"))
    assert titles(connection, "vessels following") == ["Vessel enters the zone"]


def test_search_is_bounded_by_time_and_topic(connection):
    """Only what was first seen since then, only the topic's; a finer topic counts for its parent."""
    store(connection, "warta", "Kapal lama", "Kapal.", hours=-200)
    story = begun(connection, store(connection, "warta", "Kapal baru", "Kapal."))
    store(connection, "warta", "Kapal perang", "Kapal.", judgement=verdict(topic="cyber"))
    assert titles(connection, "kapal", since=NOON - timedelta(days=7)) == ["Kapal baru", "Kapal perang"]
    assert titles(connection, "kapal", since=NOON - timedelta(days=7), topic="maritime") == ["Kapal baru"]
    (hit,) = search(connection, "baru kapal", since=NOON - timedelta(days=7), topic="maritime")
    assert hit.story == story


def test_headlines_and_near_words_rank_first(connection):
    """Words of the headline before words of the text, words side by side before words far apart."""
    far = f"Laut tenang. {'Lain sekali. ' * 30}Natuna jauh."
    store(connection, "warta", "Rapat", far)
    store(connection, "warta", "Sidang", f"Kapal di Laut Natuna. {'Lain sekali. ' * 30}")
    store(connection, "warta", "Laut Natuna ramai", far)
    assert titles(connection, "laut natuna") == ["Laut Natuna ramai", "Sidang", "Rapat"]


def test_only_the_newest_text_of_an_article_is_found(connection):
    """What an outlet took back is not quoted."""
    for text in ("Kapal tenggelam.", "Kapal selamat."):
        store(connection, "warta", "Kabar", text, url="https://warta.test/kabar")
    assert titles(connection, "tenggelam") == []
    assert titles(connection, "selamat") == ["Kabar"]


def test_many_articles_are_searched_by_the_index(connection):
    """Postgres plans by both indexes, and reads no table through."""
    outlets.declare(connection, [outlet("warta")])
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO article (url, outlet, first_seen_at) SELECT 'https://warta.test/' || number, 'warta', now()"
            " FROM generate_series(1, 6000) number RETURNING id) INSERT INTO revision (article_id, text_sha256, title, body,"
            " authors, tags, read_by, reader, seen_at) SELECT id, id, 'Berita ' || id, repeat('kabar' || id || ' ', 20),"
            " '{}', '{}', '{}', 'test', now() FROM made"
        )
        cursor.execute(
            "SELECT gin_clean_pending_list('revision_search_id'), gin_clean_pending_list('revision_search_en')"
        )
        cursor.execute("ANALYZE article, revision")
    plan = explain(connection, "kabar17 berita")
    assert "Bitmap Index Scan on revision_search_id" in plan
    assert "Bitmap Index Scan on revision_search_en" in plan
    assert "Seq Scan on revision " not in plan


def test_snippet_is_two_sentences_that_hold_the_words():
    """Not more, within 300 characters, on one line, with the words marked."""
    hit = f"{OPEN}Kapal{CLOSE}"
    marked = f"Rapat dibuka. {hit} itu pergi.\nLalu sepi. Sebuah {hit} datang. {hit} lain menyusul."
    assert snippet(marked) == "«Kapal» itu pergi. Sebuah «Kapal» datang."
    assert snippet("Rapat dibuka. Lalu sepi. Selesai.") == "Rapat dibuka. Lalu sepi."


def test_snippet_of_an_endless_sentence_is_cut_around_the_word():
    """A text without a full stop gives no more than 300 characters, the word among them."""
    quoted = snippet(f"{'kata ' * 200}{OPEN}Natuna{CLOSE} {'kata ' * 200}")
    assert "«Natuna»" in quoted
    assert len(quoted) <= 302
    assert quoted.startswith("…")
    assert quoted.endswith("…")
