"""An edition is made of what was seen up to its cut-off, whatever is stored later."""

from datetime import timedelta

import pytest
from stored import NOON, begun, store, verdict

from desk import steps
from desk.steps.digesting import desk_series
from desk.steps.opened import load_settings, opened
from processing.model import Article
from processing.store import articles, judgements, runs, stories
from processing.store.series import save_series

CUTOFF = NOON + timedelta(hours=18)
"""06:00 in Jakarta."""
URL = "https://kontan.test/kapal"


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Give a desk with two stories of the day, and yesterday's edition."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_OUTLETS", "kontan,detik")
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        begun(
            connection, store(connection, "kontan", "Kapal lama", "Kapal lama terlihat di Natuna.", hours=-20, url=URL)
        )
    steps.build_editions(as_of=CUTOFF - timedelta(days=1))
    with opened(settings) as connection:
        begun(connection, store(connection, "kontan", "Kapal asing", "Kapal penjaga pantai asing memasuki ZEE utara."))
        begun(connection, store(connection, "detik", "Rudal diuji", "Rudal balistik diuji coba di Laut Timur kemarin."))
        runs.open_run(connection, "kontan", "crawl", CUTOFF - timedelta(hours=1))
    return settings


def test_what_is_stored_later_changes_no_edition(desk):
    """Late articles, later texts, crawls, answers and editions of others: the same cut-off gives the same edition."""
    before = steps.preview(as_of=CUTOFF)
    assert len(before.edition.new) == 2
    with opened(desk) as connection:
        late = store(
            connection, "detik", "Kapal asing pergi", "Kapal asing itu meninggalkan ZEE pada siang hari.", hours=19
        )
        stories.join(connection, late, 2, at=NOON + timedelta(hours=19), duplicate_of=None, score=1, by="test")
        begun(connection, store(connection, "kontan", "Cerita lain", "Cerita yang sama sekali lain terjadi.", hours=20))
        for number, title in enumerate(("Kapal lama, ralat", "Ralat: kapal lama")):
            article = Article(url=URL, title=title, paragraphs=("Ralat: satu kapal.",))
            at = CUTOFF + timedelta(hours=number + 1)
            revision, _ = articles.keep(connection, "kontan", article, [], reader="test", seen_at=at)
            judgements.keep(connection, revision, verdict())
        run = runs.open_run(connection, "kontan", "crawl", CUTOFF + timedelta(hours=1))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO fetched (run_id, url, canonical_url, kind, status) VALUES (%s, %s, %s, 'page', 404)",
                (run, URL, URL),
            )
        save_series(connection, desk_series(desk))
    assert steps.preview(as_of=CUTOFF) == before
    (stored,) = steps.build_editions(as_of=CUTOFF + timedelta(hours=6))
    assert steps.stored_edition(as_of=CUTOFF).id == stored
    assert steps.stored_edition(as_of=CUTOFF).edition == before.edition


def test_a_correction_reaches_the_next_edition(desk):
    """What an outlet retitled since yesterday's edition stands in today's."""
    with opened(desk) as connection:
        article = Article(url=URL, title="Bukan kapal, melainkan tongkang", paragraphs=("Sebuah tongkang terlihat.",))
        revision, _ = articles.keep(connection, "kontan", article, [], reader="test", seen_at=NOON)
        judgements.keep(connection, revision, verdict())
    (told,) = steps.preview(as_of=CUTOFF).edition.corrections
    assert (told.before, told.headline.title) == ("Kapal lama", "Bukan kapal, melainkan tongkang")
