"""Editions, readers and deliveries in the store: kept once, queued once, claimed by one."""

from contextlib import suppress
from datetime import timedelta

import pytest
from digest_samples import CUTOFF, PREVIOUS, SENDER, WEB, ordinary, quiet, series
from psycopg2.extras import execute_values

from processing.digest.links import links
from processing.digest.placeholders import ANY_READER
from processing.digest.render import render
from processing.errors import PantauError
from processing.store import connect, deliveries, editions, readers
from processing.store.series import active_series, save_series

DOMAIN = "pantau.example"


def kept_series(connection, **changes):
    """Keep a series."""
    with connection:
        return save_series(connection, series(id=0, **changes))


def rendered(edition):
    """Render an edition as it is stored."""
    return render(edition, links(edition.series, edition.cutoff, sender=SENDER, web_url=WEB))


def keep_articles(connection, edition):
    """Write the stories and articles that an edition shows."""
    articles = [article for ids in edition.shown.values() for article in ids]
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outlet (name, title, country, languages, publisher_group, ownership, mode, timezone)"
            " VALUES ('x', 'X', 'ID', '{id}', 'x', 'private', 'pages', 'Asia/Jakarta')"
        )
        execute_values(
            cursor,
            "INSERT INTO article (id, url, outlet, first_seen_at) OVERRIDING SYSTEM VALUE VALUES %s",
            [(article, f"https://x.example/{article}", "x", PREVIOUS) for article in articles],
        )
        execute_values(
            cursor,
            "INSERT INTO story (id, first_seen_at, last_seen_at) OVERRIDING SYSTEM VALUE VALUES %s",
            [(story, PREVIOUS, PREVIOUS) for story in edition.shown],
        )


def subscribed(connection, *addresses, name="pertahanan"):
    """Add readers to the series."""
    with connection:
        return [
            readers.add_reader(connection, address, name, consent_source="test", as_of=PREVIOUS)
            for address in addresses
        ]


def queued(connection, *addresses):
    """Keep a quiet edition and queue it for these readers."""
    kept_series(connection)
    subscribed(connection, *addresses)
    with connection:
        stored, _ = editions.save(connection, rendered(quiet()), built_by="test")
        assert deliveries.enqueue(connection, stored.id, domain=DOMAIN) == len(addresses)
    return stored


def test_an_edition_is_kept_once(connection):
    """A second one for the same cut-off changes nothing, whatever it says, and the stored bytes come back."""
    kept_series(connection)
    edition = ordinary()
    keep_articles(connection, edition)
    with connection:
        first, new = editions.save(connection, rendered(edition), built_by="1")
        again, newly = editions.save(connection, rendered(quiet()), built_by="2")
    assert (new, newly) == (True, False)
    assert again == first == editions.load_by_id(connection, first.id)
    parts = rendered(edition)
    assert (first.subject, first.text, first.html) == (parts.subject, parts.text, parts.html)
    assert first.edition == edition
    assert ANY_READER in first.html


def test_what_an_edition_showed_is_known_afterwards(connection):
    """Each article of each story told, by title or more."""
    kept_series(connection)
    edition = ordinary()
    keep_articles(connection, edition)
    with connection:
        editions.save(connection, rendered(edition), built_by="1")
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT story_id, article_id FROM edition_article")
        assert set(cursor.fetchall()) == {(story, article) for story, ids in edition.shown.items() for article in ids}


def test_the_previous_cutoff_is_the_series_own(connection):
    """Another series' editions and later ones do not count."""
    first, other = kept_series(connection), kept_series(connection, name="lain")
    with connection:
        editions.save(connection, rendered(quiet()), built_by="1")
    assert editions.previous_cutoff(connection, first.id, CUTOFF) is None
    assert editions.previous_cutoff(connection, first.id, CUTOFF + timedelta(days=1)) == CUTOFF
    assert editions.previous_cutoff(connection, other.id, CUTOFF + timedelta(days=1)) is None
    assert [stored.edition.cutoff for stored in editions.recent(connection, first.id)] == [CUTOFF]
    assert editions.load(connection, first.id, PREVIOUS) is None


def test_a_series_is_kept_under_its_name(connection):
    """Saving it again changes it in place."""
    first = kept_series(connection, topics=("maritime",), watched=("ID",), weekdays=(1, 5))
    second = kept_series(connection, title="Judul baru")
    assert second.id == first.id
    assert (first.topics, first.watched, first.weekdays) == (("maritime",), ("ID",), (1, 5))
    assert active_series(connection) == [second]
    with pytest.raises(PantauError, match="cannot name a series"):
        save_series(connection, series(name="a/b"))


def test_a_reader_is_added_once(connection):
    """Upper case, blanks and a second time make no second reader, and the token stays."""
    kept_series(connection)
    first, again = subscribed(connection, "Budi@Contoh.example", " budi@contoh.example ")
    assert first == again
    assert (first.address, first.series, first.consent_source) == ("budi@contoh.example", ["pertahanan"], "test")
    assert len(first.token) == 24
    assert readers.list_readers(connection) == [first]


@pytest.mark.parametrize(
    "address", ["", "budi", "a@b\r\nBcc: c@d.example", "a b@c.example", "<a@b.example>", "a@b@c.example"]
)
def test_what_is_no_address_is_refused(connection, address):
    """In one sentence, before it gets anywhere near a header."""
    kept_series(connection)
    with pytest.raises(PantauError, match="is no mail address"):
        subscribed(connection, address)


def test_a_series_that_does_not_exist_is_named(connection):
    """The reader is not added."""
    with pytest.raises(PantauError, match="no series 'pertahanan'"):
        subscribed(connection, "a@b.example")
    assert readers.list_readers(connection) == []


def test_a_suppressed_address_is_never_revived(connection):
    """Neither added nor queued; what is kept of it is a hash."""
    kept_series(connection)
    subscribed(connection, "a@b.example", "c@d.example")
    with connection:
        readers.suppress(connection, "C@D.example", reason="complaint", as_of=CUTOFF)
        readers.suppress(connection, "e@f.example", reason="complaint", as_of=CUTOFF)
    with pytest.raises(PantauError, match="must not be written to"):
        subscribed(connection, "e@f.example")
    with connection:
        stored, _ = editions.save(connection, rendered(quiet()), built_by="test")
        assert deliveries.enqueue(connection, stored.id, domain=DOMAIN) == 1
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT address_sha256 FROM suppression")
        assert all(len(row[0]) == 64 for row in cursor.fetchall())


def test_a_removed_reader_gets_nothing_more(connection):
    """What was queued is withdrawn, and the next edition is not queued."""
    stored = queued(connection, "a@b.example", "c@d.example")
    with connection:
        assert readers.remove_reader(connection, "A@b.example", as_of=CUTOFF)
        assert not readers.remove_reader(connection, "nobody@b.example", as_of=CUTOFF)
        assert deliveries.withdraw(connection) == 0
        assert deliveries.enqueue(connection, stored.id, domain=DOMAIN) == 0
    assert deliveries.states(connection, stored.id) == {"queued": 1, "withdrawn": 1}


def test_a_removed_reader_may_come_back(connection):
    """With the new consent, and the token that old letters carry."""
    kept_series(connection)
    (before,) = subscribed(connection, "a@b.example")
    with connection:
        readers.remove_reader(connection, "a@b.example", as_of=CUTOFF)
        after = readers.add_reader(connection, "a@b.example", "pertahanan", consent_source="again", as_of=CUTOFF)
    assert (after.token, after.state, after.consent_source, after.consented_at) == (
        before.token,
        "active",
        "again",
        CUTOFF,
    )


def test_queueing_twice_adds_nothing(connection):
    """One row an edition and reader, with a Message-ID of its own that does not depend on when it was queued."""
    stored = queued(connection, "a@b.example", "c@d.example")
    with connection:
        assert deliveries.enqueue(connection, stored.id, domain=DOMAIN) == 0
        ids = [deliveries.claim(connection, CUTOFF).message_id for _ in range(2)]
        assert deliveries.claim(connection, CUTOFF) is None
    assert len(set(ids)) == 2
    assert all(id_.endswith("@pantau.example>") and len(id_) == 49 for id_ in ids)


def test_nothing_is_queued_when_the_edition_is_not_kept(connection):
    """Both are one transaction."""
    kept_series(connection)
    subscribed(connection, "a@b.example")
    with suppress(RuntimeError), connection:
        stored, _ = editions.save(connection, rendered(quiet()), built_by="test")
        assert deliveries.enqueue(connection, stored.id, domain=DOMAIN) == 1
        raise RuntimeError
    assert deliveries.states(connection) == {}
    assert editions.recent(connection, 1) == []


def test_two_workers_claim_different_deliveries(connection, database_url):
    """Neither waits for the other, even before it commits."""
    queued(connection, "a@b.example", "c@d.example")
    other = connect(database_url)
    try:
        one, two = deliveries.claim(connection, CUTOFF), deliveries.claim(other, CUTOFF)
        assert one.id != two.id
    finally:
        other.close()


def test_what_a_stopped_worker_left_is_named_and_what_a_working_one_holds_is_not(connection, database_url):
    """The lock of the session tells them apart, without a clock."""
    queued(connection, "a@b.example", "c@d.example")
    other = connect(database_url)
    with other:
        gone = deliveries.claim(other, CUTOFF)
    with connection:
        deliveries.claim(connection, CUTOFF)
    third = connect(database_url)
    with third:
        assert deliveries.name_left_behind(third) == []
    other.close()
    named = []
    for _ in range(100):  # the server notices a closed session a moment later
        with third:
            named += deliveries.name_left_behind(third)
        if named:
            break
    assert named == [gone.message_id]
    assert deliveries.states(third) == {"sending": 1, "uncertain": 1}
    third.close()
