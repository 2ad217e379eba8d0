"""Stories whose shown articles were judged anew: what readers know of them stays known."""

from datetime import timedelta

import pytest
from stored import NOON, begun, store, verdict

from processing.digest.edition import build
from processing.model import Coverage, Rendered, Series
from processing.store import editions, judgements, stories
from processing.store.series import save_series

CUTOFF = NOON + timedelta(hours=18)
NEXT = CUTOFF + timedelta(days=1)
COVERAGE = Coverage(articles=1, outlets=1, healthy=1)


@pytest.fixture
def series(connection):
    """Give a stored series."""
    return save_series(connection, Series(name="desk", title="Desk"))


def built(connection, series, cutoff, previous=None):
    """Build an edition from the store, and keep it."""
    known = stories.told(connection, cutoff - timedelta(hours=72), cutoff, series.id)
    edition = build(series, cutoff, previous, known, COVERAGE)
    editions.save(connection, Rendered(subject="", text="", html="", edition=edition), built_by="test")
    return edition


def retag(connection, article):
    """Judge an article anew: it is irrelevant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM revision WHERE article_id = %s", (article,))
        judgements.keep(connection, cursor.fetchone()[0], verdict(relevant=False, by="later"))


def test_a_story_whose_shown_articles_became_irrelevant_is_not_new_again(connection, series):
    """What comes after is told as a development, and only what readers did not read before."""
    text = "Kapal penjaga pantai asing memasuki ZEE utara Natuna pada Jumat malam."
    first = store(connection, "kontan", "Kapal asing di Natuna", text)
    story = begun(connection, first)
    assert [card.story for card in built(connection, series, CUTOFF).new] == [story]
    retag(connection, first)
    again = "Kapal penjaga pantai asing memasuki ZEE utara Natuna Jumat malam itu."
    more = "Kemlu memanggil duta besar negara tersebut dan menyerahkan nota protes keras kepadanya."
    later = store(connection, "detik", "Kapal asing masuk ZEE", f"{again} {more}", hours=20)
    stories.join(connection, later, story, at=NOON + timedelta(hours=20), duplicate_of=None, score=1, by="test")
    edition = built(connection, series, NEXT, CUTOFF)
    assert edition.new == ()
    (card,) = edition.developing
    assert [extract.text for extract in card.summary] == [more]
    assert card.articles == 1
    assert edition.shown == {story: (later,)}


def test_a_story_of_irrelevant_articles_alone_is_not_told(connection, series):
    """Nothing of it counts any more."""
    first = store(connection, "kontan", "Kapal asing di Natuna", "Kapal penjaga pantai asing memasuki ZEE.")
    begun(connection, first)
    built(connection, series, CUTOFF)
    retag(connection, first)
    edition = built(connection, series, NEXT, CUTOFF)
    assert edition.cards == ()
    assert edition.trend == ()


def test_another_series_knows_nothing_of_it(connection, series):
    """Whose readers were never shown the story is told of it as new."""
    first = store(connection, "kontan", "Kapal asing di Natuna", "Kapal penjaga pantai asing memasuki ZEE.")
    story = begun(connection, first)
    built(connection, series, CUTOFF)
    retag(connection, first)
    later = store(connection, "detik", "Kapal asing", "Kapal penjaga pantai asing memasuki ZEE lagi.", hours=20)
    stories.join(connection, later, story, at=NOON + timedelta(hours=20), duplicate_of=None, score=1, by="test")
    other = save_series(connection, Series(name="lain", title="Lain"))
    (card,) = built(connection, other, NEXT).new
    assert card.articles == 1
