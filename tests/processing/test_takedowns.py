"""What taking an article down does to its story, on a real Postgres."""

from datetime import timedelta

from stored import NOON, begun, store

from processing.store import crawl_memory, stories, takedowns

SHIP = ("Kapal asing masuk Natuna", "Kapal asing memasuki perairan Natuna pada pagi hari.")


def test_copies_are_folded_under_the_first_of_them(connection):
    """Where the original goes, the copy that was seen first stands in its place; the story is told by what is left."""
    first = store(connection, "warta", *SHIP, url="https://warta.test/kapal")
    late = store(connection, "lain", *SHIP, hours=2)
    early = store(connection, "kabar", *SHIP, hours=1)
    story = begun(connection, first, late, early, copies={late: first, early: first})
    stories.lock(connection)
    assert takedowns.take_texts(connection, first) == 1
    known = stories.one(connection, story, NOON + timedelta(hours=3))
    assert {article.article_id: article.duplicate_of for article in known.articles} == {early: None, late: early}
    assert takedowns.take_texts(connection, first) == 0, "it may be said again"


def test_its_address_stays_known(connection):
    """The article is down, the others are not; a crawl takes the address for one that needs no fetch, whatever changes there."""
    url = "https://warta.test/kapal"
    article = store(connection, "warta", *SHIP, url=url)
    other = "https://warta.test/lain"
    store(connection, "warta", "Lain", "Teks lain.", url=other)
    begun(connection, article)
    takedowns.take_texts(connection, article)
    assert takedowns.is_down(connection, url)
    assert not takedowns.is_down(connection, other)
    known = crawl_memory.known_addresses(connection, "warta", NOON)
    assert list(known) == [url]
    assert known[url] > NOON + timedelta(days=365)
    assert takedowns.known(connection, url).titles == ()


def test_a_story_of_it_alone_is_told_no_more(connection):
    """Its id stays, and leads to nothing."""
    article = store(connection, "warta", *SHIP)
    story = begun(connection, article)
    takedowns.take_texts(connection, article)
    assert stories.one(connection, story, NOON + timedelta(hours=1)) is None
