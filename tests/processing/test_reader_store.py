"""Readers in the store: who they are, what they chose, which state follows which, and what stays when they leave."""

import hashlib
import hmac
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from processing.errors import PantauError
from processing.model import Series
from processing.store import connect, deliveries, letters, readers, suppression
from processing.store.readers import TRANSITIONS, Choice
from processing.store.series import active_series, by_name, save_series

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ADDRESS = "budi@contoh.example"
STATES = tuple(TRANSITIONS)
OWN = Choice(topics=("maritime", "cyber"), watched=("natuna-sea",), send_at=time(5, 30), weekdays=(1, 2, 3, 4, 5))


@pytest.fixture
def store(connection):
    """Give a store with the desk's series and a second desk's; each test is one transaction of its own."""
    for name in ("desk", "laut"):
        save_series(connection, Series(name=name, title=name.title()))
    return connection


def added(connection, address=ADDRESS, choice=None):
    """Add a reader."""
    return readers.add(connection, address, choice or Choice(), consent_source="a form", as_of=NOON, name="Budi")


def lettered(connection, reader, kind):
    """Queue a letter to a reader."""
    letter = letters.Letter(
        reader=reader.id, kind=kind, key=f"{kind} {reader.id}", language="id", subject="S", text="T", html="H"
    )
    return letters.write(connection, letter, domain="pantau.example", as_of=NOON)


def mailed(connection, reader, *, cutoff=NOON, state="sent"):
    """Write an edition of the desk, and its delivery to a reader."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO edition (series_id, cutoff, content, subject, body_text, body_html, built_by)"
            " SELECT id, %s, '{}', 'S', 'T', 'H', 'test' FROM series WHERE name = 'desk'"
            " ON CONFLICT (series_id, cutoff) DO UPDATE SET subject = 'S' RETURNING id",
            (cutoff,),
        )
        (edition,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO delivery (edition_id, reader_id, message_id, state, claimed_at) VALUES (%s, %s, %s, %s, %s)",
            (edition, reader.id, f"<{edition}.{reader.id}@x>", state, cutoff),
        )
    return edition


def rows(connection, table):
    """Count the rows of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_a_reader_is_shown_without_its_address(store):
    """What a log gets of a reader names nobody, and opens none of its pages."""
    reader = added(store)
    assert not {ADDRESS, reader.token, "Budi"} & set(repr(reader).replace("'", " ").split())
    assert ADDRESS not in repr(reader)
    assert reader.token not in repr(reader)


def test_a_token_finds_its_reader_alone(store):
    """Any other finds nobody."""
    reader = added(store)
    added(store, "siti@contoh.example")
    assert readers.by_token(store, reader.token) == reader
    assert readers.by_token(store, "") is None
    assert readers.by_address(store, " BUDI@contoh.example") == reader


# Choices


def test_an_empty_choice_is_the_desks_digest(store):
    """At the desk's hour in the desk's language it needs no series of its own."""
    assert added(store).series == ["desk"]
    assert readers.choice_of(store, added(store).id) == Choice(desks=("desk",))


@pytest.mark.parametrize(
    "choice", [OWN, Choice(language="en"), Choice(send_at=time(5)), Choice(topics=("cyber",), desks=("laut",))]
)
def test_a_choice_comes_back_as_it_was_made(store, choice):
    """What the reader's page shows is what the reader chose, and to choose it again changes nothing."""
    reader = added(store, choice=choice)
    shown = readers.choice_of(store, reader.id)
    assert (set(shown.topics), set(shown.watched), shown.desks) == (
        set(choice.topics),
        set(choice.watched),
        choice.desks,
    )
    assert (shown.language, shown.send_at, shown.weekdays) == (choice.language, choice.send_at, choice.weekdays)
    assert readers.choose(store, reader.id, shown, as_of=NOON).series == reader.series


def test_equal_choices_share_a_series(store):
    """In whatever order they were made; it has a title in the readers' language."""
    first = added(store, choice=OWN)
    turned = Choice(topics=OWN.topics[::-1], watched=OWN.watched, send_at=OWN.send_at, weekdays=OWN.weekdays[::-1])
    second = added(store, "siti@contoh.example", turned)
    assert first.series == second.series
    (name,) = first.series
    assert len(name) == 14
    own = by_name(store, name)
    assert (own.kind, own.title, own.topics, own.active) == ("personal", "Pantauan Anda", ("cyber", "maritime"), True)
    english = added(store, "jo@contoh.example", Choice(language="en", topics=("cyber",)))
    assert by_name(store, english.series[0]).title == "Your watch"


def test_a_changed_choice_moves_the_reader_at_once(store):
    """The series it leaves is switched off when it was the last, and on again when somebody chooses it anew."""
    reader = added(store, choice=OWN)
    (left,) = reader.series
    moved = readers.choose(store, reader.id, Choice(desks=("desk", "laut")), as_of=NOON)
    assert moved.series == ["desk", "laut"]
    assert not by_name(store, left).active
    added(store, "siti@contoh.example", OWN)
    assert by_name(store, left).active
    assert left in [series.name for series in active_series(store)]


def test_a_desk_that_there_is_not_is_named(store):
    """With those that there are; a personal series is no desk to subscribe to."""
    personal = added(store, choice=OWN).series
    for name in ("lau", *personal):
        with pytest.raises(PantauError, match=f"no series '{name}' of a desk; there are desk, laut"):
            added(store, "siti@contoh.example", Choice(desks=(name,)))


# States


@pytest.mark.parametrize(("before", "after"), list(product(STATES, STATES)))
def test_every_transition_is_in_the_table(store, before, after):
    """What the table allows happens, with its reason and time; what it does not is refused and changes nothing."""
    reader = added(store)
    with store.cursor() as cursor:
        cursor.execute("UPDATE reader SET state = %s, state_reason = 'before'", (before,))
    if after in TRANSITIONS[before]:
        changed = readers.change_state(store, reader.id, after, reason="a test", as_of=NOON + HOUR)
        assert (changed.state, changed.state_reason, changed.state_since) == (after, "a test", NOON + HOUR)
    elif before == after:
        assert readers.change_state(store, reader.id, after, reason="x", as_of=NOON).state_reason == "before"
    else:
        with pytest.raises(readers.StateRefused, match=f"is {before} cannot become {after}"):
            readers.change_state(store, reader.id, after, reason="x", as_of=NOON)
        assert readers.by_id(store, reader.id).state == before


@pytest.mark.parametrize(
    ("state", "listed"), [("bounced", "bounce"), ("complained", "complaint"), ("unsubscribed", "unsubscribed")]
)
def test_what_ends_the_mail_lists_the_address_and_takes_back_what_waits(store, state, listed):
    """The delivery that waits is withdrawn in the same transaction, and no list brings the address back."""
    reader = added(store)
    mailed(store, reader, state="queued")
    readers.change_state(store, reader.id, state, reason="a test", as_of=NOON)
    assert deliveries.states(store) == {"withdrawn": 1}
    assert suppression.entry_of(store, ADDRESS).reason == listed
    with pytest.raises(readers.NotWrittenTo, match="must not be written to"):
        added(store)


def test_one_click_ends_everything_and_a_second_changes_nothing(store):
    """By the token of a mail, however old; an unknown one is nobody's."""
    reader = added(store, choice=OWN)
    gone = readers.unsubscribe(store, reader.token, as_of=NOON + HOUR, reason="one click")
    assert (gone.state, gone.series, gone.state_reason) == ("unsubscribed", [], "one click")
    assert not by_name(store, reader.series[0]).active
    assert readers.unsubscribe(store, reader.token, as_of=NOON + DAY, reason="again") == gone
    assert readers.unsubscribe(store, "nobody", as_of=NOON, reason="x") is None


def test_a_complaint_is_not_weakened(store):
    """Who complained and then unsubscribes has still complained; and a complaint outweighs what stood before."""
    reader = added(store)
    readers.unsubscribe(store, reader.token, as_of=NOON, reason="x")
    readers.change_state(store, reader.id, "complained", reason="x", as_of=NOON)
    assert readers.unsubscribe(store, reader.token, as_of=NOON, reason="x").state == "complained"
    readers.suppress(store, ADDRESS, reason="unsubscribed", as_of=NOON + DAY)
    assert suppression.entry_of(store, ADDRESS) == suppression.Entry("complaint", NOON)


def test_a_mended_mailbox_is_written_to_again(store):
    """The operator makes a bounced reader active, and the list lets go of it; a complaint is for good."""
    reader = added(store)
    readers.change_state(store, reader.id, "bounced", reason="550", as_of=NOON)
    readers.change_state(store, reader.id, "active", reason="the mailbox works again", as_of=NOON)
    assert not readers.is_suppressed(store, ADDRESS)


def test_a_pause_ends_by_itself(store):
    """At its end, not before; one without an end waits for the reader."""
    reader, other = added(store), added(store, "siti@contoh.example")
    mailed(store, reader, state="queued")
    paused = readers.pause(store, reader.id, until=NOON + DAY, as_of=NOON)
    readers.pause(store, other.id, until=None, as_of=NOON)
    assert (paused.state, paused.paused_until) == ("paused", NOON + DAY)
    assert deliveries.states(store) == {"withdrawn": 1}
    assert readers.wake(store, as_of=NOON + DAY - HOUR) == 0
    assert readers.wake(store, as_of=NOON + 9 * DAY) == 1
    woken = readers.by_id(store, reader.id)
    assert (woken.state, woken.state_since, woken.paused_until) == ("active", NOON + DAY, None)
    assert readers.resume(store, other.id, as_of=NOON).state == "active"


def test_a_pause_can_be_moved_and_not_into_the_past(store):
    """The later word holds."""
    reader = added(store)
    readers.pause(store, reader.id, until=NOON + DAY, as_of=NOON)
    assert readers.pause(store, reader.id, until=NOON + 2 * DAY, as_of=NOON).paused_until == NOON + 2 * DAY
    with pytest.raises(PantauError, match="is over already"):
        readers.pause(store, reader.id, until=NOON, as_of=NOON)


@pytest.mark.parametrize("state", ["bounced", "unsubscribed", "complained"])
def test_only_a_pause_is_resumed(store, state):
    """Nobody gets out of a bounce or a complaint by a link in an old mail."""
    reader = added(store)
    readers.change_state(store, reader.id, state, reason="x", as_of=NOON)
    with pytest.raises(readers.StateRefused, match=state):
        readers.resume(store, reader.id, as_of=NOON)


# Asking and confirming


def test_nobody_gets_a_digest_by_anothers_word(store):
    """Asked for, a reader is pending and its series off; confirmed, both are active, with source and time."""
    asked = readers.ask(store, ADDRESS, OWN, source="the page", as_of=NOON)
    assert (asked.state, asked.consent_source) == ("pending", "the page")
    assert not by_name(store, asked.series[0]).active
    reader = readers.confirm(store, asked.token, as_of=NOON + HOUR)
    assert (reader.state, reader.consent_source, reader.consented_at) == (
        "active",
        "the page, confirmed by mail",
        NOON + HOUR,
    )
    assert by_name(store, asked.series[0]).active
    assert readers.confirm(store, asked.token, as_of=NOON + DAY) == reader


def test_a_stranger_changes_nothing_of_a_reader(store):
    """Asking for an active or paused address gives the reader as it is, with its own choice."""
    reader = added(store, choice=OWN)
    assert readers.ask(store, ADDRESS, Choice(language="en"), source="the page", as_of=NOON + DAY) == reader
    paused = readers.pause(store, reader.id, until=None, as_of=NOON)
    assert readers.ask(store, ADDRESS, Choice(language="en"), source="the page", as_of=NOON + DAY) == paused


def test_who_asks_again_has_the_later_choice(store):
    """While it is not confirmed."""
    first = readers.ask(store, ADDRESS, OWN, source="the page", as_of=NOON)
    second = readers.ask(store, ADDRESS, Choice(desks=("laut",)), source="the page", as_of=NOON + HOUR)
    assert (second.id, second.token, second.series, second.state_since) == (
        first.id,
        first.token,
        ["laut"],
        NOON + HOUR,
    )


@pytest.mark.parametrize("erased", [False, True])
def test_who_left_comes_back_by_its_own_confirmation_alone(store, erased):
    """Asking leaves the address on the list; confirming takes it off. The erased may come back, too."""
    readers.unsubscribe(store, added(store).token, as_of=NOON, reason="x")
    if erased:
        readers.erase(store, ADDRESS, as_of=NOON)
    asked = readers.ask(store, ADDRESS, Choice(), source="the page", as_of=NOON)
    assert asked.state == "pending"
    assert readers.is_suppressed(store, ADDRESS)
    with pytest.raises(readers.NotWrittenTo):
        added(store)
    assert readers.confirm(store, asked.token, as_of=NOON).state == "active"
    assert not readers.is_suppressed(store, ADDRESS)


@pytest.mark.parametrize("state", ["bounced", "complained"])
def test_no_confirmation_lifts_a_bounce_or_complaint(store, state):
    """Nothing is asked of such an address, not even after it was erased."""
    reader = added(store)
    readers.change_state(store, reader.id, state, reason="x", as_of=NOON)
    for _ in range(2):
        with pytest.raises(readers.NotWrittenTo):
            readers.ask(store, ADDRESS, Choice(), source="the page", as_of=NOON)
        readers.erase(store, ADDRESS, as_of=NOON)


def test_a_complaint_about_the_request_ends_it(store):
    """What was withdrawn or dropped since cannot be confirmed."""
    asked = readers.ask(store, ADDRESS, Choice(), source="the page", as_of=NOON)
    readers.change_state(store, asked.id, "complained", reason="x", as_of=NOON)
    for token in (asked.token, "nobody"):
        with pytest.raises(readers.NothingToConfirm):
            readers.confirm(store, token, as_of=NOON)


def test_requests_are_dropped_after_a_week(store):
    """One that nobody confirmed leaves nothing; who had unsubscribed before is unsubscribed again."""
    left = added(store, "siti@contoh.example")
    readers.unsubscribe(store, left.token, as_of=NOON, reason="x")
    asked = readers.ask(store, ADDRESS, OWN, source="the page", as_of=NOON)
    readers.ask(store, left.address, OWN, source="the page", as_of=NOON)
    lettered(store, asked, "confirmation")
    assert readers.drop_pending(store, as_of=NOON + 7 * DAY) == 0
    assert readers.drop_pending(store, as_of=NOON + 7 * DAY + HOUR) == 2
    (only,) = readers.list_readers(store)
    assert (only.address, only.state, only.series) == (left.address, "unsubscribed", [])
    assert (rows(store, "letter"), rows(store, "delivery")) == (0, 0)


def test_only_what_a_reader_may_get_waits(store):
    """A confirmation for the pending, though it unsubscribed once; a link for the paused; an edition for the active."""
    reader = added(store)
    readers.unsubscribe(store, reader.token, as_of=NOON, reason="x")
    asked = readers.ask(store, ADDRESS, Choice(), source="the page", as_of=NOON)
    lettered(store, asked, "confirmation")
    paused = added(store, "siti@contoh.example")
    lettered(store, paused, "link")
    readers.pause(store, paused.id, until=None, as_of=NOON)
    mailed(store, added(store, "jo@contoh.example"), state="queued")
    assert deliveries.withdraw(store) == 0
    assert deliveries.states(store) == {"queued": 3}
    lettered(store, paused, "alert")
    readers.confirm(store, asked.token, as_of=NOON)
    assert deliveries.withdraw(store) == 2


# Suppression, erasure, retention


def test_the_list_tells_nobody_who_is_on_it(store, database_url):
    """A guess is of no use without the key: the same address has another hash on another desk."""
    readers.suppress(store, ADDRESS, reason="unsubscribed", as_of=NOON)
    with store.cursor() as cursor:
        cursor.execute("SELECT address_sha256, address_hash(' BUDI@Contoh.example ') FROM suppression")
        ours, again = cursor.fetchone()
        cursor.execute("UPDATE suppression_key SET inner_key = sha512('other'), outer_key = sha512('key')")
    assert ours == again
    assert not readers.is_suppressed(store, ADDRESS)


def test_the_hash_is_hmac(store):
    """By the book (RFC 2104), over the plain hash that older desks kept, so that their lists could be taken over."""
    with store.cursor() as cursor:
        cursor.execute("SELECT inner_key, address_hash(%s) FROM suppression_key", (ADDRESS,))
        inner, hashed = cursor.fetchone()
    key = bytes(byte ^ 0x36 for byte in bytes(inner))
    older = hashlib.sha256(ADDRESS.encode()).hexdigest()
    assert hashed == hmac.new(key, older.encode(), hashlib.sha256).hexdigest()


def test_without_its_key_the_list_stops_the_mail(store):
    """A desk restored without the key does not take everybody for willing."""
    with store.cursor() as cursor:
        cursor.execute("DELETE FROM suppression_key")
    with pytest.raises(Exception, match="key of the suppression list is missing"):
        readers.is_suppressed(store, ADDRESS)


def test_erased_is_gone_but_for_a_hash(store, database_url):
    """Reader, subscriptions, letters and deliveries go, the numbers stay, and no list brings the address back."""
    reader, other = added(store), added(store, "siti@contoh.example")
    edition = mailed(store, reader)
    mailed(store, other)
    lettered(store, reader, "link")
    with store.cursor() as cursor:
        cursor.execute(
            "INSERT INTO saved_search (reader_id, words, saved_at) VALUES (%s, 'kapal', %s)", (reader.id, NOON)
        )
    assert readers.erase(store, " BUDI@contoh.example", as_of=NOON) == {
        "readers": 1,
        "subscriptions": 1,
        "saved searches": 1,
        "alerts": 0,
        "letters": 1,
        "deliveries": 2,
    }
    assert readers.list_readers(store) == [other]
    assert deliveries.states(store, edition) == {"sent": 2}
    assert (rows(store, "edition"), rows(store, "letter"), rows(store, "saved_search"), rows(store, "delivery")) == (
        1,
        0,
        0,
        1,
    )
    assert suppression.entry_of(store, ADDRESS) == suppression.Entry("erased", NOON)
    with pytest.raises(readers.NotWrittenTo):
        added(store)
    assert set(readers.erase(store, "nobody@contoh.example", as_of=NOON).values()) == {0}
    assert readers.is_suppressed(store, "nobody@contoh.example")


def test_details_of_deliveries_go_and_their_numbers_stay(store):
    """What ended before the instant goes, letters too; what waits stays; an old edition is queued for nobody anew."""
    reader = added(store)
    old = mailed(store, reader, cutoff=NOON - 40 * DAY)
    mailed(store, reader, cutoff=NOON - 20 * DAY)
    mailed(store, reader, cutoff=NOON - 50 * DAY, state="queued")
    lettered(store, reader, "link")
    assert readers.forget_deliveries(store, before=NOON - 30 * DAY) == {"deliveries": 1, "letters": 0}
    assert deliveries.states(store, old) == {"sent": 1}
    assert deliveries.states(store) == {"sent": 2, "queued": 2}
    assert deliveries.enqueue(store, old, domain="pantau.example") == 0
    with store.cursor() as cursor:
        cursor.execute("UPDATE delivery SET state = 'sent' WHERE letter_id IS NOT NULL")
    assert readers.forget_deliveries(store, before=NOON + DAY) == {"deliveries": 2, "letters": 1}
    assert deliveries.states(store) == {"sent": 3, "queued": 1}


def test_two_at_once_end_in_one_state(store, database_url):
    """A bounce and a click that meet do not lose each other: the second sees the first."""
    reader = added(store)
    store.commit()
    other = connect(database_url)
    try:
        readers.change_state(store, reader.id, "complained", reason="x", as_of=NOON)
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(Exception, match="lock timeout"):
            readers.unsubscribe(other, reader.token, as_of=NOON, reason="x")
        other.rollback()
        store.commit()
        assert readers.unsubscribe(other, reader.token, as_of=NOON, reason="x").state == "complained"
    finally:
        other.close()


def test_a_list_of_before_the_key_is_taken_over(server):
    """Migrated, an old list still knows its addresses, and there is no way back while somebody is on it."""
    from alembic import command  # noqa: PLC0415  (as the store itself does)
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, pool  # noqa: PLC0415

    from processing.store.connection import MIGRATIONS  # noqa: PLC0415

    url = server.ensure_database("before_the_key")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine("postgresql+psycopg2://", creator=lambda: connect(url), poolclass=pool.NullPool)
    try:
        with engine.connect() as link, closing(connect(url)) as connection:
            config.attributes["connection"] = link
            command.upgrade(config, "0004")
            with connection, connection.cursor() as cursor:
                plain = hashlib.sha256(ADDRESS.encode()).hexdigest()
                cursor.execute("INSERT INTO suppression VALUES (%s, 'complaint', %s)", (plain, NOON))
            command.upgrade(config, "0007")
            assert suppression.entry_of(connection, ADDRESS) == suppression.Entry("complaint", NOON)
            connection.commit()
            with pytest.raises(Exception, match="would protect nobody"):
                command.downgrade(config, "0004")
            link.rollback()
            with connection, connection.cursor() as cursor:
                cursor.execute("DELETE FROM suppression")
            command.downgrade(config, "0004")
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT to_regclass('delivery_count'), to_regproc('address_hash')")
                assert cursor.fetchone() == (None, None)
    finally:
        engine.dispose()
        server.drop_database("before_the_key")
