"""What readers want to be told of at once, as the store keeps it."""

from datetime import time, timedelta

import pytest
from stored import NOON, begun, store

from processing.errors import PantauError
from processing.model import Series
from processing.store import alerting, alerts, readers, story_changes
from processing.store.series import save_series


@pytest.fixture
def reader(connection):
    """Give the id of a reader of a desk of maritime topics."""
    with connection:
        save_series(connection, Series(name="laut", title="Laut", topics=("maritime",), watched=("natuna",)))
        yield readers.add_reader(connection, "a@example.org", "laut", consent_source="test", as_of=NOON).id


def test_searches_are_saved_once_and_dropped(connection, reader):
    """The same words, however spaced, are one search; another reader's search cannot be dropped."""
    first = alerts.save_search(connection, reader, "kapal  Natuna", as_of=NOON)
    assert alerts.save_search(connection, reader, " kapal Natuna ", as_of=NOON) == first
    second = alerts.save_search(connection, reader, '"Laut Timur" -bola', as_of=NOON)
    assert [search.words for search in alerts.searches(connection, reader)] == ["kapal Natuna", '"Laut Timur" -bola']
    other = readers.add_reader(connection, "b@example.org", "laut", consent_source="test", as_of=NOON).id
    assert not alerts.drop_search(connection, other, first.id)
    assert alerts.drop_search(connection, reader, first.id)
    assert alerts.searches(connection, reader) == [second]


@pytest.mark.parametrize(
    ("words", "said"), [("yang di", "no word to search for"), ("kapal " * 40, "200 characters at most")]
)
def test_searches_that_cannot_be_are_refused_in_one_sentence(connection, reader, words, said):
    """Words that find everything or nothing are told to whoever typed them."""
    with pytest.raises(PantauError, match=said):
        alerts.save_search(connection, reader, words, as_of=NOON)


def test_a_reader_has_so_many_searches(connection, reader):
    """The twenty-first is refused, and saving a known one is not."""
    for number in range(alerts.SEARCHES_AT_MOST):
        alerts.save_search(connection, reader, f"kapal {number}", as_of=NOON)
    alerts.save_search(connection, reader, "kapal 3", as_of=NOON)
    with pytest.raises(PantauError, match="20 saved searches at most"):
        alerts.save_search(connection, reader, "kapal dua puluh", as_of=NOON)


def test_the_threshold_and_the_quiet_hours_are_kept(connection, reader):
    """None takes the threshold away; numbers out of bounds are refused."""
    alerts.set_threshold(connection, reader, 4, 2, time(22), time(5, 30))
    wishes = alerts.wishes(connection, reader)
    assert (wishes.weight, wishes.a_day, wishes.quiet_from, wishes.quiet_until) == (4, 2, time(22), time(5, 30))
    assert (wishes.topics, wishes.watched) == (("maritime",), ("natuna",))
    alerts.set_threshold(connection, reader, None)
    assert alerts.wishes(connection, reader).weight is None
    for weight, a_day in ((0, 3), (6, 3), (3, 0), (3, 21)):
        with pytest.raises(PantauError):
            alerts.set_threshold(connection, reader, weight, a_day)
    with pytest.raises(PantauError, match="no reader 999"):
        alerts.set_threshold(connection, 999, 3)


def test_a_reader_of_a_desk_of_all_topics_has_none_of_its_own(connection, reader):
    """Empty topics mean all, whatever else is subscribed to."""
    save_series(connection, Series(name="semua", title="Semua"))
    readers.add_reader(connection, "a@example.org", "semua", consent_source="test", as_of=NOON)
    assert alerts.wishes(connection, reader).topics == ()


def test_only_readers_who_wish_and_may_be_written_to_are_watched_for(connection, reader):
    """Without a wish, unsubscribed or suppressed, nobody is."""
    assert alerts.watchers(connection) == []
    alerts.save_search(connection, reader, "kapal", as_of=NOON)
    assert [one.reader for one in alerts.watchers(connection)] == [reader]
    assert alerts.watchers(connection) == [alerts.wishes(connection, reader)]
    readers.suppress(connection, "A@example.org", reason="complaint", as_of=NOON)
    assert alerts.watchers(connection) == []
    other = readers.add_reader(connection, "b@example.org", "laut", consent_source="test", as_of=NOON).id
    alerts.set_threshold(connection, other, 3)
    assert [one.reader for one in alerts.watchers(connection)] == [other]
    readers.remove_reader(connection, "b@example.org", as_of=NOON)
    assert alerts.watchers(connection) == []


def test_words_find_stories_by_what_was_seen_by_then(connection, reader):
    """In both languages; what is older than the bound or later than the instant is not found."""
    ship = begun(connection, store(connection, "kontan", "Kapal asing di Natuna", "Kapal penjaga pantai terlihat."))
    drill = begun(connection, store(connection, "bbc", "Naval drills begin", "Warships sailed.", hours=1))
    since, now = NOON - timedelta(hours=1), NOON + timedelta(minutes=30)
    assert alerting.matching(connection, "natuna kapal", since=since, as_of=now) == {ship}
    assert alerting.matching(connection, "warship", since=since, as_of=now) == set()
    assert alerting.matching(connection, "warship or natuna", since=since, as_of=now + timedelta(hours=1)) == {
        ship,
        drill,
    }
    assert alerting.matching(connection, "kapal", since=NOON, as_of=now) == set()


def test_what_a_reader_was_told_of_follows_merges(connection, reader):
    """A story that was alerted counts as known by the id that it leads to now."""
    first = begun(connection, store(connection, "kontan", "Satu", "Isi satu."))
    second = begun(connection, store(connection, "bbc", "Dua", "Isi dua.", hours=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO letter (reader_id, kind, key, language, subject, body_text, body_html, written_at)"
            " VALUES (%s, 'alert', 'x', 'id', '', '', '', %s) RETURNING id",
            (reader, NOON),
        )
        letter = cursor.fetchone()[0]
    alerting.record(connection, reader, second, letter, as_of=NOON)
    assert alerting.told(connection, reader, NOON) == {second}
    story_changes.merge(connection, (first, second), at=NOON, reason="test")
    assert alerting.told(connection, reader, NOON) == {first}
    assert alerting.sent_since(connection, reader, NOON) == 1
    assert alerting.sent_since(connection, reader, NOON + timedelta(seconds=1)) == 0
