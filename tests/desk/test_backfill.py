"""`pantau backfill`: from another's WARC file to articles, stories and a digest that calls nothing new that is not."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from crawlers.outlets import OUTLETS
from desk import steps
from desk.cli import _verbs
from desk.steps.opened import load_settings, opened
from processing import archive as archives
from processing import judging
from processing.errors import PantauError
from processing.model import Article, CrawlResult, ProblemKind
from processing.store import articles, connect, coverage, crawl_memory, judgements, outlets, runs
from tests.desk.archived import DETIK, FRIGATE, KONTAN, MISSILE, NATUNA, archive, page

NOW = datetime(2026, 11, 27, 1, tzinfo=UTC)
DIGEST = datetime(2026, 11, 26, 23, tzinfo=UTC)
"""The edition of the morning: 06:00 in Jakarta."""
LONG_AGO = NOW - timedelta(days=40)
HOUR = timedelta(hours=1)


@pytest.fixture
def ask(database_url, monkeypatch, tmp_path_factory):
    """Set the desk up on the test's database, and give a way to ask it."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)

    def asked(query: str, *values: object) -> list[tuple]:
        with closing(connect(database_url)) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    return asked


def pantau(*words: object, code: int = 0) -> str:
    """Run a verb as of NOW and give what it printed; raises what it raised."""
    result = CliRunner().invoke(_verbs(), [*map(str, words), "--as-of", NOW.isoformat()], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_pages_become_stories_of_their_own_day(ask, tmp_path):
    """What an archive had 40 days ago goes the whole road, is seen as of then, and joins what else was told then."""
    with archive(tmp_path / "a.warc.gz") as warc:
        first = warc.answer(f"{KONTAN}bakamla-bayangi-kapal", page(NATUNA, LONG_AGO - HOUR), LONG_AGO)
        warc.answer("https://elsewhere.test/news/bakamla", page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer(f"{DETIK}kapal-china-di-natuna", page(NATUNA, LONG_AGO), LONG_AGO + HOUR)
    said = pantau("backfill", tmp_path / "a.warc.gz")
    assert "detik: 1 taken\nkontan: 1 taken\n" in said
    assert "4 records in 1 of 1 files: 2 pages taken; 1 of other hosts, 1 no answers (requests, notes)." in said
    assert "2 stored" in pantau("process")
    assert ask(
        "SELECT url, first_seen_at, seen_at, crawled FROM article JOIN revision ON article_id = article.id ORDER BY 2"
    ) == [
        (f"{KONTAN}bakamla-bayangi-kapal", LONG_AGO, LONG_AGO, False),
        (f"{DETIK}kapal-china-di-natuna", LONG_AGO + HOUR, LONG_AGO + HOUR, False),
    ]
    assert ask("SELECT first_seen_at, last_seen_at FROM story") == [(LONG_AGO, LONG_AGO + HOUR)]
    assert ask("SELECT kind, outlet, state, as_of FROM run ORDER BY outlet") == [
        ("backfill", "detik", "processed", NOW),
        ("backfill", "kontan", "processed", NOW),
    ]

    ((uri, offset),) = ask(
        "SELECT uri, byte_offset FROM record JOIN archive_file ON archive_file.id = archive_file_id WHERE record.id = %s",
        first,
    )
    kept = archives.read_record(uri, offset)
    assert (kept.record.id, kept.record.fetched_at) == (first, LONG_AGO)
    assert kept.content == page(NATUNA, LONG_AGO - HOUR)


def test_same_file_twice_adds_nothing(ask, tmp_path):
    """Said again, moved, or read --again: no run, page or article comes of it."""
    path = tmp_path / "a.warc.gz"
    with archive(path) as warc:
        warc.answer(f"{KONTAN}bakamla-bayangi-kapal", page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer(f"{KONTAN}uji-rudal", page(MISSILE, LONG_AGO), LONG_AGO)
    assert "2 taken" in pantau("backfill", path)
    assert "gone through" not in pantau("backfill", path, "--again")
    pantau("process")
    before = ask("SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM fetched), (SELECT count(*) FROM revision)")

    assert "0 records in 0 of 1 files: 0 pages taken." in pantau("backfill", path)
    assert "kontan: 2 here already" in pantau("backfill", path, "--again")
    moved = path.rename(tmp_path / "b.warc.gz")
    assert "kontan: 2 here already" in pantau("backfill", moved)
    assert "Nothing waited." in pantau("process")
    assert (
        ask("SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM fetched), (SELECT count(*) FROM revision)")
        == before
    )


def test_digest_of_today_calls_nothing_old_new(ask, tmp_path):
    """Old by the archive's date, and old by its own though the archive came by this night: both are stories, and no news."""
    tonight = DIGEST - 2 * HOUR
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(f"{KONTAN}bakamla-bayangi-kapal", page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer(f"{KONTAN}fregat-merah-putih", page(FRIGATE, datetime(2024, 3, 1, tzinfo=UTC)), tonight)
        warc.answer(f"{KONTAN}uji-rudal", page(MISSILE, tonight - HOUR), tonight)
    pantau("backfill", tmp_path)
    pantau("process")
    assert ask("SELECT count(*) FROM story") == [(3,)]
    assert ask("SELECT first_seen_at FROM article WHERE url LIKE '%%fregat%%'") == [(datetime(2024, 3, 1, tzinfo=UTC),)]

    steps.build_editions(as_of=DIGEST)
    told = steps.stored_edition(as_of=DIGEST).edition
    assert [card.headline.title for card in told.new] == [MISSILE[0]]
    assert (told.developing, told.also_seen) == ((), ())


def live(url: str, text: tuple[str, ...], at: datetime) -> None:
    """Keep an article as a crawl saw it, judged."""
    outlet = OUTLETS["detik"]
    title, *paragraphs = text
    with opened(load_settings()) as connection:
        outlets.declare(connection, [outlet])
        article = Article(url=url, title=title, paragraphs=tuple(paragraphs), published_at=at)
        revision, _ = articles.keep(connection, outlet.name, article, [], reader="a test", seen_at=at)
        judgements.keep(connection, revision, judging.judge(title, article.body, outlet="detik", languages=("id",)))


def test_what_readers_were_told_past_is_no_development(ask, tmp_path):
    """A backfilled article of before what an edition showed is not quoted as its story's news, though another brings some."""
    yesterday = DIGEST - timedelta(days=1)
    live(f"{DETIK}kapal-china", NATUNA, yesterday - HOUR)
    steps.join_stories(as_of=yesterday)
    steps.build_editions(as_of=yesterday)

    earlier = (
        "Nelayan Natuna Diusir Kapal Penjaga Pantai China",
        "Nelayan Natuna melihat kapal penjaga pantai China mengusir tiga perahu mereka dengan meriam air.",
        "Bakamla mengirim kapal patroli ke Laut Natuna Utara untuk membayangi kapal bernomor lambung 5407 itu.",
    )
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(
            f"{KONTAN}bakamla-bayangi-kapal",
            page(earlier, yesterday - timedelta(days=2)),
            yesterday - timedelta(days=2),
        )
    pantau("backfill", tmp_path)
    later = (
        "Kapal Penjaga Pantai China Tinggalkan Natuna",
        "Kapal penjaga pantai China bernomor lambung 5407 meninggalkan Laut Natuna Utara pada Rabu malam.",
        "Panglima TNI mengirim dua fregat untuk mengawal nelayan yang kembali melaut, kata Bakamla.",
    )
    live(f"{DETIK}kapal-china-pergi", later, DIGEST - HOUR)
    pantau("process")
    assert ask("SELECT count(*), count(DISTINCT story_id) FROM story_article") == [(3, 1)]

    steps.build_editions(as_of=DIGEST)
    (card,) = steps.stored_edition(as_of=DIGEST).edition.developing
    assert {extract.source.url for extract in card.summary} == {f"{DETIK}kapal-china-pergi"}
    assert card.added == 1


def test_later_text_stays_the_newest(ask, tmp_path):
    """An older text that an archive has of a known article takes no later text's place; a later one does, as of its date."""
    address = f"{KONTAN}bakamla-bayangi-kapal"
    for days, words in ((10, "kedua"), (20, "pertama"), (5, "ketiga")):
        at = NOW - timedelta(days=days)
        with archive(tmp_path / f"{days}.warc.gz") as warc:
            warc.answer(address, page((*NATUNA, f"Ini naskah {words}."), at), at)
    pantau("backfill", tmp_path / "20.warc.gz", tmp_path / "10.warc.gz")
    assert "1 revised, 1 stored" in pantau("process")

    with archive(tmp_path / "late.warc.gz") as warc:
        warc.answer(address, page((*NATUNA, "Ini naskah kelima."), NOW), NOW - timedelta(days=15))
    assert "kontan: 1 here already" in pantau("backfill", tmp_path / "late.warc.gz")
    pantau("backfill", tmp_path / "5.warc.gz")
    assert "1 revised" in pantau("process")
    assert ask("SELECT split_part(body, 'naskah ', 2), seen_at FROM revision ORDER BY id") == [
        ("pertama.", NOW - timedelta(days=20)),
        ("kedua.", NOW - timedelta(days=10)),
        ("ketiga.", NOW - timedelta(days=5)),
    ]


def test_older_text_read_after_a_later_one_is_rejected(ask, tmp_path):
    """Two files taken before either was read, the later text first: the older one is refused, with the reason."""
    address = f"{KONTAN}bakamla-bayangi-kapal"
    for days in (10, 20):
        with archive(tmp_path / f"{days}.warc.gz") as warc:
            at = NOW - timedelta(days=days)
            warc.answer(address, page((*NATUNA, f"Naskah {days}."), at), at)
        pantau("backfill", tmp_path / f"{days}.warc.gz")
    later, older = steps.waiting_runs()
    assert steps.process_run(later) == {"stored": 1}
    assert steps.process_run(older) == {"rejected": 1}
    assert ask("SELECT reason FROM fetched WHERE fate = 'rejected'") == [
        ("A text of this article that was had later is stored; an older one does not take its place.",)
    ]


def test_crawls_and_their_health_know_nothing_of_it(ask, tmp_path):
    """Backfilled articles make no rate, no silence and no known address, until a crawl has seen them too."""
    days = [NOW - timedelta(days=day) for day in range(1, 21)]
    with archive(tmp_path / "a.warc.gz") as warc:
        for number, at in enumerate(days):
            warc.answer(f"{DETIK}kapal-{number}", page((*NATUNA, f"Hari {number}."), at), at)
    pantau("backfill", tmp_path)
    pantau("process")
    with opened(load_settings()) as connection:
        assert crawl_memory.known_addresses(connection, "detik", NOW - timedelta(days=30)) == {}
        assert coverage.usual_topics(connection, NOW) is None
        run = runs.open_run(connection, "detik", "crawl", NOW)
        runs.register(
            connection, run, CrawlResult(outlet="detik", as_of=NOW, warc="file:///x", finish_reason="finished")
        )
        found = coverage.coverage(connection, ["detik"], NOW - timedelta(days=1), NOW)
    assert [(problem.kind, problem.usual) for problem in found.problems] == [(ProblemKind.SILENT, None)]
    assert found.articles == 0

    live(f"{DETIK}kapal-0", (*NATUNA, "Hari 0."), NOW)
    assert ask("SELECT count(*), count(*) FILTER (WHERE crawled) FROM article") == [(20, 1)]


def test_old_layouts_set_no_rule_aside(ask, tmp_path):
    """Pages that today's rules do not fit are read by the generic reader; nothing is demoted, and nothing is red."""
    with archive(tmp_path / "a.warc.gz") as warc:
        for number in range(5):
            warc.answer(f"{KONTAN}kapal-{number}", page((*NATUNA, f"Nomor {number}."), LONG_AGO), LONG_AGO)
    pantau("backfill", tmp_path)
    assert "5 stored" in pantau("process")
    assert ask("SELECT fields->'body' FROM run") == [({"generic": 5},)]
    assert ask("SELECT count(*) FROM demotion") == [(0,)]


def test_news_of_the_day_goes_first(ask, tmp_path):
    """Runs of crawls are listed before those of backfills, however old these are, and a sweep takes few of these."""
    with archive(tmp_path / "a.warc.gz") as warc:
        for outlet in (KONTAN, DETIK):
            warc.answer(f"{outlet}kapal", page(NATUNA, LONG_AGO), LONG_AGO)
    pantau("backfill", tmp_path)
    with opened(load_settings()) as connection:
        run = runs.open_run(connection, "detik", "crawl", NOW)
        runs.register(
            connection, run, CrawlResult(outlet="detik", as_of=NOW, warc="file:///x", finish_reason="finished")
        )
    first, *others = steps.waiting_runs()
    assert (first, len(others)) == (run, 2)
    assert len(steps.waiting_runs(1)) == 2


def test_forgotten_stays_forgotten(ask, tmp_path):
    """`pantau forget` cuts a backfilled page out of our archive, and no backfill takes it in again."""
    address = f"{KONTAN}bakamla-bayangi-kapal"
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(address, page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer(f"{KONTAN}uji-rudal", page(MISSILE, LONG_AGO), LONG_AGO)
    pantau("backfill", tmp_path)
    pantau("process")
    forgotten = steps.forget(address, as_of=NOW)
    assert (forgotten.texts, forgotten.records, forgotten.left) == (1, 1, ())
    ((uri,),) = ask("SELECT DISTINCT uri FROM archive_file")
    assert [response.url for response in archives.iter_responses(uri)] == [f"{KONTAN}uji-rudal"]

    said = pantau("backfill", tmp_path, "--again")
    assert "kontan: 1 here already, 1 taken down here" in said
    assert "Nothing waited." in pantau("process")


def test_what_is_left_alone(ask, tmp_path):
    """Pages of an outlet that refuses scripts, or that is switched off, stay in the archive; asked for by name, it says why."""
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer("https://www.theguardian.com/world/2026/nov/10/ships-at-sea", page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer("https://www.antaranews.com/berita/123/kapal", page(NATUNA, LONG_AGO), LONG_AGO)
        warc.answer(f"{KONTAN}kapal", page(NATUNA, LONG_AGO), LONG_AGO)
    said = pantau("backfill", tmp_path)
    assert "guardian: 1 read by its feed only\n" in said
    assert "antara: 1 not read by this desk\n" in said
    with pytest.raises(PantauError, match="pages of The Guardian are left alone, in an archive too"):
        pantau("backfill", tmp_path, "--outlet", "guardian")
    with pytest.raises(PantauError, match="ANTARA's terms forbid"):
        pantau("backfill", tmp_path, "--outlet", "antara")


def test_options_bound_what_is_taken(ask, tmp_path):
    """An outlet, days and a number bound it; what a number left over is taken the next time."""
    with archive(tmp_path / "a.warc.gz") as warc:
        for day in range(1, 6):
            at = datetime(2026, 11, day, 5, tzinfo=UTC)
            warc.answer(f"{KONTAN}kapal-{day}", page((*NATUNA, f"Hari {day}."), at), at)
            warc.answer(f"{DETIK}kapal-{day}", page((*MISSILE, f"Hari {day}."), at), at)
    options = ("--outlet", "kontan", "--since", "2026-11-02", "--until", "2026-11-05", "--max", 2)
    assert "kontan: 2 taken, 1 left over (--max), 2 outside the dates\n" in pantau("backfill", tmp_path, *options)
    said = pantau("backfill", tmp_path, *options)
    assert "kontan: 1 taken, 2 here already, 2 outside the dates\n" in said
    assert "; 5 of other hosts, 1 no answers" in said
    assert ask("SELECT array_agg(right(url, 1) ORDER BY id) FROM fetched") == [(["2", "3", "4"],)]


def test_articles_on_several_pages_are_whole_or_not_taken(ask, tmp_path):
    """The pages of a visit are put together, each visit by itself; half an article is left in the archive."""
    second = "<a href='?page=2'>2</a>"
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(f"{DETIK}kapal?page=2", page((NATUNA[0], *NATUNA[3:]), LONG_AGO), LONG_AGO + HOUR)
        warc.answer(f"{DETIK}kapal", page(NATUNA[:3], LONG_AGO, more=second), LONG_AGO)
        warc.answer(f"{DETIK}rudal", page(MISSILE, LONG_AGO, more=second), LONG_AGO)
        warc.answer(f"{DETIK}fregat?page=2", page(FRIGATE, LONG_AGO), LONG_AGO)
    said = pantau("backfill", tmp_path)
    assert "detik: 2 taken, 2 on several pages, not all in the file\n" in said
    assert "2 stored" in pantau("process")
    assert ask("SELECT body FROM revision") == [("\n".join(NATUNA[1:]),)]


def test_dates_of_no_clock_are_not_believed(ask, tmp_path):
    """A page that says it is of the year 1, or of next year, was first seen when the archive had it; joining goes on."""
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(f"{KONTAN}kapal", page(NATUNA, datetime(1, 1, 2, tzinfo=UTC)), LONG_AGO)
        warc.answer(f"{KONTAN}rudal", page(MISSILE, NOW + timedelta(days=300)), LONG_AGO)
    pantau("backfill", tmp_path)
    assert "2 articles joined to stories" in pantau("process")
    assert ask("SELECT DISTINCT first_seen_at FROM article") == [(LONG_AGO,)]


def test_editions_of_the_past(ask, tmp_path):
    """One that was built stays as it is, to the byte; one that was not tells, built by hand, what was seen by then."""
    seen = datetime(2026, 10, 20, 12, tzinfo=UTC)
    steps.build_editions(as_of=NOW, day=date(2026, 10, 21))
    before = steps.stored_edition(as_of=NOW, day=date(2026, 10, 21))
    with archive(tmp_path / "a.warc.gz") as warc:
        warc.answer(f"{KONTAN}uji-rudal", page(MISSILE, seen - HOUR), seen)
        warc.answer(f"{KONTAN}bakamla-bayangi-kapal", page(NATUNA, seen), seen + timedelta(days=1))
        warc.answer(f"{KONTAN}fregat", page(FRIGATE, seen), seen + timedelta(days=3))
    pantau("backfill", tmp_path)
    pantau("process")
    steps.build_editions(as_of=NOW, day=date(2026, 10, 21))
    assert steps.stored_edition(as_of=NOW, day=date(2026, 10, 21)) == before

    steps.build_editions(as_of=NOW, day=date(2026, 10, 22))
    told = steps.stored_edition(as_of=NOW, day=date(2026, 10, 22)).edition
    assert [card.headline.title for card in told.new] == [NATUNA[0]]


def test_old_pages_are_kept_from_the_day_they_came(ask, tmp_path):
    """A page of 200 days ago is not let go the night it was taken in, but when it has been here for 90 days."""
    with archive(tmp_path / "a.warc.gz") as warc:
        at = NOW - timedelta(days=200)
        warc.answer(f"{KONTAN}uji-rudal", page(MISSILE, at), at)
    pantau("backfill", tmp_path)
    pantau("process")
    steps.let_go(as_of=NOW + timedelta(days=89))
    ((uri,),) = ask("SELECT uri FROM archive_file WHERE let_go_at IS NULL")
    assert len(list(archives.iter_responses(uri))) == 1
    assert ask("SELECT count(*) FROM revision WHERE let_go_at IS NULL") == [(1,)]
    steps.let_go(as_of=NOW + timedelta(days=91))
    assert ask("SELECT count(*) FROM archive_file WHERE let_go_at IS NULL") == [(0,)]
    assert ask("SELECT count(*) FROM revision WHERE let_go_at IS NULL") == [(0,)]
    assert "kontan: 1 here already" in pantau("backfill", tmp_path, "--again")
