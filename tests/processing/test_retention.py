"""What is left of an article whose text was let go, on a real Postgres: found, told, joined, and nowhere taken for the whole."""

import json
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from stored import NOON, begun, outlet, store, verdict

from processing.digest.plain import plain
from processing.digest.summary import CHARACTERS, SENTENCES, opening
from processing.model import Article, CrawlResult, Fetch, FetchKind, Record
from processing.store import articles, connect, judgements, outlets, retention, runs, stories, takedowns
from processing.store.articles import Source
from processing.store.search import search

DAY = timedelta(days=1)
TITLE = "Kapal asing masuk Natuna"
LEAD = "Bakamla mengusir kapal itu pada pagi hari. KN Tanjung Datu membayanginya 14 jam."
REST = "Nelayan setempat menjemur jaring seperti biasa sambil menunggu cuaca membaik."


def let_go(connection, *, before=NOON + DAY, at=NOON + 90 * DAY) -> int:
    """Let go the texts of before an instant; gives how many."""
    old = retention.take_texts(connection, retention.old_texts(connection, before=before))
    left = [(text.revision, "\n".join(opening(text.title, text.body.split("\n")))) for text in old]
    retention.let_go_texts(connection, left, as_of=at)
    return len(left)


def registered(connection, name: str, *, days: float, uri: str = "memory://w/1.warc.gz") -> str:
    """Register a crawl so many days after NOON with one record; gives the record's id."""
    outlets.declare(connection, [outlet(name)])
    at = NOON + days * DAY
    run = runs.open_run(connection, name, "crawl", at)
    record = Record(id=f"urn:{uri}", offset=0, length=9, sha256="0" * 64, fetched_at=at)
    page = Fetch(
        url="https://a.test/1", kind=FetchKind.PAGE, canonical_url="https://a.test/1", status=200, record=record
    )
    result = CrawlResult(outlet=name, as_of=at, warc=uri, finish_reason="finished", fetches=(page,))
    runs.register(connection, run, result)
    runs.finish(connection, run, fields={})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fetched SET fate = 'stored'")
    return record.id


def test_search_finds_headline_and_lead_and_not_the_rest(connection):
    """The index is made of what is kept; a hit quotes the lead."""
    store(connection, "warta", TITLE, f"{LEAD}\n{REST}")
    assert search(connection, "nelayan")
    assert let_go(connection) == 1
    assert not search(connection, "nelayan")
    for words in ("kapal natuna", "Tanjung Datu"):
        (hit,) = search(connection, words)
        assert hit.marked.replace("«", "").replace("»", "") == "\n".join(LEAD.replace(". K", ".|K").split("|"))


def test_its_story_is_told_by_what_is_left(connection):
    """Headline, lead, topics and entities are as they were; nothing of it waits to be joined, and joining knows that it is not whole."""
    article = store(connection, "warta", TITLE, f"{LEAD}\n{REST}", judgement=verdict(entities=("natuna",)))
    story = begun(connection, article)
    (before,) = stories.one(connection, story, NOON + DAY).articles
    assert [one.whole for one in stories.placed(connection, NOON - DAY, NOON + DAY, NOON + DAY)] == [True]
    let_go(connection)
    (after,) = stories.one(connection, story, NOON + DAY).articles
    assert (after.title, after.topics, after.entities) == (before.title, before.topics, before.entities)
    assert " ".join(after.paragraphs) == LEAD
    assert [one.whole for one in stories.placed(connection, NOON - DAY, NOON + DAY, NOON + DAY)] == [False]
    assert stories.waits_since(connection, NOON + DAY) is None


def test_a_text_is_as_old_as_the_run_its_page_came_with(connection):
    """An old page that was imported yesterday is kept from then on, and to read it anew does not make it younger."""
    source = Source(registered(connection, "warta", days=60))
    article = Article(url="https://warta.test/1", title=TITLE, paragraphs=(LEAD, REST))
    kept = {}
    for name, changed, seen in (
        ("read", article, NOON),
        ("anew", Article(url=article.url, title="Lain", paragraphs=(REST,)), NOON + 80 * DAY),
    ):
        kept[name], _ = articles.keep(connection, "warta", changed, [source], reader="test", seen_at=seen)
        judgements.keep(connection, kept[name], verdict())
    assert retention.old_texts(connection, before=NOON + 59 * DAY) == []
    assert retention.old_texts(connection, before=NOON + 61 * DAY) == sorted(kept.values())


def test_a_file_that_was_written_on_is_as_old_as_its_last_record(connection):
    """A crawl that began before the limit and fetched after it keeps its file."""
    registered(connection, "warta", days=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record SET fetched_at = %s", (NOON + DAY,))
    assert retention.old_files(connection, before=NOON + DAY, ours="file:///x/") == []
    assert len(retention.old_files(connection, before=NOON + DAY + timedelta(seconds=1), ours="file:///x/")) == 1


def test_taking_down_waits_and_finds_that_the_file_went(connection, database_url):
    """`forget` that looks while a file is being let go waits, and does not cut what is not there; nor is a file at work taken."""
    record = registered(connection, "warta", days=0)
    article = Article(url="https://a.test/1", title=TITLE, paragraphs=(LEAD, REST))
    revision, _ = articles.keep(connection, "warta", article, [Source(record)], reader="test", seen_at=NOON)
    judgements.keep(connection, revision, verdict())
    connection.commit()
    id_ = articles.ids(connection, [article.url])[article.url]
    assert [file.uri for file in takedowns.lying(connection, id_, article.url)] == ["memory://w/1.warc.gz"]
    found = []

    def look() -> None:
        with closing(connect(database_url)) as other, other:
            found.append(takedowns.lying(other, id_, article.url))

    with closing(connect(database_url)) as second, second:
        asked = {"before": NOON + DAY, "ours": "file:///x/"}
        with second.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        (old,) = retention.old_files(second, **asked)
        assert retention.take_files(second, [old.id], **asked) == [], "the first connection is at it"
        connection.rollback()
        assert retention.take_files(second, [old.id], **asked) == [old]
        looking = threading.Thread(target=look)
        looking.start()
        wait_for_lock(connection)
        retention.let_go_files(second, [old.id], as_of=NOON + 90 * DAY)
    looking.join()
    assert found == [[]]


def wait_for_lock(connection) -> None:
    """Wait until somebody waits for a row."""
    for _ in range(1000):
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() is not None:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    pytest.fail("nobody waited")


@pytest.mark.parametrize(
    ("title", "text", "left"),
    [
        (TITLE, f"{LEAD}\n{REST}", LEAD),
        (TITLE, f"Kapal asing masuk Natuna.\n{REST}", REST),
        (TITLE, "Kapal Natuna.\nKapal asing masuk.", "Kapal Natuna. Kapal asing masuk."),
        (TITLE, "", ""),
        (TITLE, "kata " * 100, f"{'kata ' * 59}kata…"[:300]),
    ],
)
def test_what_is_left_is_what_may_be_quoted(title, text, left):
    """The lead without a repeat of the headline, cut to 300 characters."""
    kept = opening(title, text.split("\n"))
    assert " ".join(kept) == left
    assert opening(title, kept) == kept


@pytest.mark.corpus
def test_of_what_is_left_all_is_left(shared):
    """On real articles: two sentences and 300 characters at most, the article's own, and a second time nothing more goes."""
    lines = (shared / "corpus" / "articles" / "labelled.jsonl").read_text("utf-8").splitlines()
    assert len(lines) > 500
    for row in map(json.loads, lines):
        kept = opening(row["title"], row["text"].split("\n"))
        assert len(kept) <= SENTENCES
        assert len(" ".join(kept)) <= CHARACTERS
        assert all(text.removesuffix("…") in plain(row["text"]) for text in kept)
        assert opening(row["title"], kept) == kept
