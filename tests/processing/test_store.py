"""The store: what is kept once, what is found again, and who may work on a run."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from processing.errors import DatabaseError
from processing.model import (
    Article,
    Attribution,
    CrawlResult,
    Entity,
    Evidence,
    Fate,
    Fetch,
    FetchKind,
    Judgement,
    Match,
    Outlet,
    Ownership,
    Record,
    TopicTag,
    Validators,
)
from processing.store import (
    articles,
    connect,
    coverage,
    crawl_memory,
    fetches,
    judgements,
    migrate,
    outlets,
    runs,
    stories,
)
from processing.store.articles import Source
from processing.store.fetches import Settled

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
ADDRESS = "https://example.test/news/kapal"

OUTLET = Outlet(
    name="warta",
    title="Warta",
    country="ID",
    languages=("id",),
    group="Warta Group",
    ownership=Ownership.STATE,
    timezone="Asia/Jakarta",
    hosts=("example.test",),
    listings=(),
    article=".",
    evidence=Evidence(verified=False, checked=NOON.date()),
)


def record(number: int) -> Record:
    """Give a record's place; each number is another record."""
    return Record(id=f"urn:uuid:{number}", offset=number, length=10, sha256="0" * 64, fetched_at=NOON)


def page(number: int = 1, url: str = ADDRESS, **changes) -> Fetch:
    """Give a fetched page."""
    return Fetch(url=url, kind=FetchKind.PAGE, canonical_url=url, status=200, record=record(number), **changes)


def article(url: str = ADDRESS, title: str = "Kapal asing masuk perairan Natuna", body: str = "Satu.\nDua.") -> Article:
    """Give a small article."""
    return Article(url=url, title=title, paragraphs=tuple(body.split("\n")), published_at=NOON)


def registered(connection, *given: Fetch, as_of: datetime = NOON) -> int:
    """Register a run with these fetches."""
    outlets.declare(connection, [OUTLET])
    run = runs.open_run(connection, "warta", "crawl", as_of)
    result = CrawlResult(
        outlet="warta", as_of=as_of, warc=f"file:///archive/{run}.warc.gz", finish_reason="finished", fetches=given
    )
    runs.register(connection, run, result)
    return run


def kept(connection, given: Article, number: int = 1, seen_at: datetime = NOON) -> tuple[int, Fate]:
    """Keep an article whose page was fetched in a run of its own."""
    registered(connection, page(number, given.url))
    return articles.keep(connection, "warta", given, [Source(record(number).id)], reader="test", seen_at=seen_at)


def verdict(**changes) -> Judgement:
    """Give a judgement with one of everything."""
    parts = {
        "language": "id",
        "relevant": True,
        "score": 0.9,
        "topics": (
            TopicTag(
                topic="maritime", parent=None, score=0.8, evidence=(Match(term="natuna", place="title", weight=2.0),)
            ),
        ),
        "entities": (Entity(id="ID", kind="country", label="Indonesia", mentions=2, in_title=True),),
        "sources": (Attribution(source="Reuters", evidence="melansir Reuters", wire_copy=True),),
        "judged_by": "test-1",
    }
    return Judgement(**(parts | changes))


def test_migrating_twice_changes_nothing(database_url):
    """A start on an up-to-date database is harmless."""
    migrate(database_url)
    with closing(connect(database_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'pantau'")
        assert cursor.fetchone()[0] > 15


def test_unreachable_database_is_named_without_its_password():
    """The sentence tells where the database was looked for, and keeps the secret."""
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1:1/news") as caught:
        connect("postgresql://someone:hunter2@127.0.0.1:1/news")
    assert "hunter2" not in str(caught.value)


def test_declaring_outlets_again_touches_no_row(connection):
    """The same declarations leave the same row versions, so that runs add only run and fetch rows."""
    outlets.declare(connection, [OUTLET])
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin, ctid FROM outlet")
        before = cursor.fetchall()
        outlets.declare(connection, [OUTLET])
        cursor.execute("SELECT xmin, ctid FROM outlet")
        assert cursor.fetchall() == before


def test_registered_run_waits_until_it_is_finished(connection):
    """A run is on the queue from its registration to its end."""
    run = registered(connection, page())
    assert runs.waiting(connection) == [run]
    assert runs.claim(connection, run).outlet == "warta"
    runs.finish(connection, run, fields={})
    assert runs.waiting(connection) == []
    assert runs.claim(connection, run) is None


def test_claimed_run_is_nobody_elses_until_its_worker_ends(connection, database_url):
    """The row lock is the claim: a second worker passes by, and gets the run when the first has died."""
    run = registered(connection, page())
    connection.commit()
    with closing(connect(database_url)) as other:
        assert runs.claim(connection, run) is not None
        assert runs.claim(other, run) is None
        connection.rollback()
        assert runs.claim(other, run) is not None


def test_run_that_keeps_breaking_leaves_the_queue(connection):
    """After ATTEMPTS tries a run is set aside, with its error."""
    run = registered(connection, page())
    for _ in range(runs.ATTEMPTS):
        assert runs.waiting(connection) == [run]
        runs.stumble(connection, run, "ValueError: no")
    assert runs.waiting(connection) == []


def test_fetches_meet_one_fate(connection):
    """A settled fetch keeps its first fate, and the counts add up."""
    failed = Fetch(
        url="https://example.test/gone",
        canonical_url="https://example.test/gone",
        kind=FetchKind.PAGE,
        status=404,
        fate=Fate.FAILED,
        reason="404",
    )
    run = registered(connection, page(), failed)
    (waiting,) = fetches.unsettled(connection, run)
    fetches.settle(connection, [Settled(waiting.id, Fate.STORED)])
    fetches.settle(connection, [Settled(waiting.id, Fate.REJECTED, "late")])
    assert fetches.unsettled(connection, run) == []
    assert fetches.fates(connection, [run]) == {"page": {Fate.STORED: 1, Fate.FAILED: 1}}


def test_known_addresses_are_those_that_need_no_second_fetch(connection):
    """Read pages and those that are gone are known, and since when; a page that failed otherwise is asked for again."""
    gone, broken = "https://example.test/gone", "https://example.test/broken"
    registered(
        connection,
        page(fate=Fate.STORED),
        Fetch(url=gone, canonical_url=gone, kind=FetchKind.PAGE, status=404, fate=Fate.FAILED),
        Fetch(url=broken, canonical_url=broken, kind=FetchKind.PAGE, status=503, fate=Fate.FAILED),
    )
    assert crawl_memory.known_addresses(connection, "warta", NOON - timedelta(days=1)) == {ADDRESS: NOON, gone: NOON}
    assert crawl_memory.known_addresses(connection, "warta", NOON + timedelta(days=1)) == {}


def test_validators_come_back_for_the_next_crawl(connection):
    """An ETag that an outlet gave is sent with the next request."""
    tagged = Validators(etag='"a"', last_modified="Sat, 21 Nov 2026 05:00:00 GMT")
    registered(connection, page(validators=tagged))
    assert crawl_memory.validators(connection, "warta", NOON - timedelta(days=1)) == {ADDRESS: tagged}


def test_same_text_is_one_revision_and_another_text_a_second(connection):
    """An address is one article; what stood there is its revisions."""
    first, fate = kept(connection, article())
    assert fate is Fate.STORED
    assert kept(connection, article(), 2) == (first, Fate.UNCHANGED)
    second, fate = kept(connection, article(body="Satu.\nTiga."), 3)
    assert fate is Fate.REVISED
    assert second != first


def test_story_comes_back_as_it_was_judged(connection):
    """All that an edition tells of an article survives the store."""
    revision, _ = kept(connection, article())
    judgements.keep(connection, revision, verdict())
    assert judgements.judged(connection, revision, "test-1")
    assert stories.waits_since(connection, NOON) == NOON
    (waiting,) = stories.placed(connection, NOON, NOON, NOON)
    arrival = waiting.arrival
    story = stories.begin(connection, NOON)
    stories.join(connection, int(arrival.id), story, at=NOON, duplicate_of=None, score=1.0, by="test")
    assert stories.waits_since(connection, NOON) is None
    (told,) = stories.told(connection, NOON - timedelta(hours=1), NOON)
    assert told.id == story
    assert told.first_seen_at == told.last_seen_at == NOON
    (one,) = told.articles
    given = verdict()
    assert (one.title, one.paragraphs, one.state_media, one.group) == (
        article().title,
        ("Satu.", "Dua."),
        True,
        "Warta Group",
    )
    assert one.topics[0].evidence == given.topics[0].evidence
    assert one.entities == given.entities
    assert one.sources == given.sources


def test_nothing_of_later_is_told(connection):
    """An edition of the past does not know what came after it."""
    revision, _ = kept(connection, article(), seen_at=NOON)
    judgements.keep(connection, revision, verdict())
    assert stories.waits_since(connection, NOON - timedelta(hours=1)) is None


def test_old_article_that_new_rules_find_relevant_waits(connection):
    """However old it is; and one that they find irrelevant waits no more, though it once did."""
    old, _ = kept(connection, article(), seen_at=NOON - timedelta(days=400))
    new, _ = kept(connection, article(url=f"{ADDRESS}-2"), 2)
    judgements.keep(connection, old, verdict(relevant=False))
    judgements.keep(connection, new, verdict())
    assert stories.waits_since(connection, NOON) == NOON
    judgements.keep(connection, old, verdict(judged_by="test-2"))
    judgements.keep(connection, new, verdict(relevant=False, judged_by="test-2"))
    assert stories.waits_since(connection, NOON) == NOON - timedelta(days=400)
    judgements.keep(connection, old, verdict(relevant=False, judged_by="test-3"))
    assert stories.waits_since(connection, NOON) is None


def test_irrelevant_articles_join_no_story(connection):
    """What is not ours is kept, and told to nobody."""
    revision, _ = kept(connection, article())
    judgements.keep(connection, revision, verdict(relevant=False))
    assert stories.waits_since(connection, NOON) is None


@pytest.mark.parametrize(
    ("days", "hours", "kind"), [(20, 30, "stopped"), (20, 2, None), (3, 30, "silent"), (3, 2, None)]
)
def test_outlet_that_stopped_is_named_by_its_history(connection, days, hours, kind):
    """Thirty silent hours are a stop where an article an hour is usual, and a mere silence where nothing is known."""
    end = NOON - timedelta(hours=hours)
    for number in range(days * 24):
        at = end - timedelta(hours=number)
        fetched = registered(connection, page(number, f"{ADDRESS}/{number}"), as_of=at) if number == 0 else None
        assert fetched is None or fetched > 0
        given = article(f"{ADDRESS}/{number}", body=f"Satu {number}.")
        articles.keep(
            connection,
            "warta",
            Article(url=given.url, title=given.title, paragraphs=given.paragraphs, published_at=at),
            [],
            reader="test",
            seen_at=at,
        )
    registered(connection, as_of=NOON)
    told = coverage.coverage(connection, ["warta"], NOON - timedelta(days=1), NOON)
    assert [problem.kind for problem in told.problems] == ([kind] if kind else [])
    assert told.healthy == (0 if kind else 1)
    if kind == "stopped":
        assert told.problems[0].since == end
        assert 20 < told.problems[0].usual < 28


def test_outlet_with_problems_or_unread_is_not_well(connection):
    """A red crawl is told with its sentences; an outlet that nobody crawled is told as unread."""
    outlets.declare(connection, [OUTLET])
    told = coverage.coverage(connection, ["warta"], NOON - timedelta(days=1), NOON)
    assert [problem.kind for problem in told.problems] == ["unread"]
    run = runs.open_run(connection, "warta", "crawl", NOON)
    runs.abandon(connection, run, "Warta: the spider crashed.")
    told = coverage.coverage(connection, ["warta"], NOON - timedelta(days=1), NOON)
    assert [(problem.kind, problem.sentences) for problem in told.problems] == [
        ("failed", ("Warta: the spider crashed.",))
    ]
