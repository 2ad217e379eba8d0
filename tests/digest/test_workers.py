"""Several workers at once: each mail once, at the rate that all keep together, for editions and letters alike."""

import email
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email import policy

import pytest
from digest_samples import CUTOFF, SENDER, WEB, quiet
from psycopg2.extras import execute_values
from relay import Relay
from test_delivery import transport_to
from test_outbox import DOMAIN, kept_series, queued, rendered, subscribed

from processing.digest import delivery
from processing.digest.delivery import BACK_OFF
from processing.digest.letterhead import Letterhead
from processing.digest.links import CONFIRMATION_LINK, CONFIRMATION_VALID, letter_links
from processing.digest.transport import RelayUnreachable
from processing.digest.workers import send_all
from processing.digest.writing import Writer
from processing.store import deliveries, editions, letters, readers
from processing.store.letters import Letter
from processing.tokens import read

LETTERHEAD = Letterhead(sender=SENDER, web_url=WEB, signed_at_relay=True)


def send(url, relay, *, as_of=CUTOFF, **how):
    """Send what is due."""
    return send_all(url, transport_to(relay.port), as_of=as_of, letterhead=LETTERHEAD, **how)


def message_of(envelope):
    """Read a message that was taken."""
    return email.message_from_bytes(envelope.original_content, policy=policy.default)


def test_several_workers_send_each_once(connection, database_url):
    """Four at once on forty readers: forty mails, of forty Message-IDs, over more than one session."""
    addresses = [f"r{number:02}@b.example" for number in range(40)]
    queued(connection, *addresses)
    with Relay() as relay:
        assert send(database_url, relay, workers=4) == {"sent": 40}
        assert sorted(relay.recipients) == addresses
        assert len({message_of(envelope)["Message-ID"] for envelope in relay.accepted}) == 40


def test_two_processes_worth_of_workers_share_the_outbox(connection, database_url):
    """Rounds that overlap, as of a task and a command, send each mail once."""
    queued(connection, *[f"r{number:02}@b.example" for number in range(30)])
    counts = []
    with Relay() as relay:
        rounds = [
            threading.Thread(target=lambda: counts.append(send(database_url, relay, workers=2))) for _ in range(3)
        ]
        for one in rounds:
            one.start()
        for one in rounds:
            one.join()
        assert sorted(Counter(relay.recipients).values()) == [1] * 30
    assert sum(count.get("sent", 0) for count in counts) == 30


def test_a_relay_that_takes_few_sessions_is_still_served(connection, database_url):
    """What one session too many is told is no fault, as long as the others send everything."""
    queued(connection, "a@b.example", "c@d.example", "e@f.example", "g@h.example")
    with Relay(sessions=1) as relay:
        assert send(database_url, relay, workers=4) == {"sent": 4}


def test_nothing_due_opens_no_session(connection, database_url):
    """A server that is away does not matter when there is nothing for it."""
    with Relay() as relay:
        pass
    assert send(database_url, relay) == {}
    queued(connection, "a@b.example")
    with pytest.raises(RelayUnreachable):
        send(database_url, relay)


class Clock:
    """Counts the seconds that workers rest, and how many rest at once."""

    def __init__(self):
        self.now = 0.0
        self.at_once = self.most = 0
        self._lock = threading.Lock()

    def sleep(self, seconds):
        """Rest."""
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(0.002)  # long enough for another worker to come in, were it let
        with self._lock:
            self.now += seconds
            self.at_once -= 1


def test_all_workers_together_keep_the_rate(connection, database_url):
    """Two rounds of three workers at ten a second: one rests at a time, a tenth of a second for each mail at the least."""
    queued(connection, *[f"r{number:02}@b.example" for number in range(20)])
    clock = Clock()
    with Relay() as relay:
        rounds = [
            threading.Thread(target=lambda: send(database_url, relay, workers=3, rate=10, sleep=clock.sleep))
            for _ in range(2)
        ]
        for one in rounds:
            one.start()
        for one in rounds:
            one.join()
        assert len(relay.accepted) == 20
    assert clock.most == 1
    assert 20 <= round(clock.now * 10) <= 20 + 2 * 3  # each worker rests once more before it finds nothing


def test_without_a_rate_nobody_rests(connection, database_url):
    """The default."""
    queued(connection, "a@b.example")
    clock = Clock()
    with Relay() as relay:
        assert send(database_url, relay, sleep=clock.sleep) == {"sent": 1}
    assert clock.now == 0


def written(connection, address, kind, **changes):
    """Queue a letter to a reader."""
    with connection:
        reader = readers.by_address(connection, address)
        own = letter_links(sender=SENDER, web_url=WEB)
        letter = Letter(
            reader=reader.id,
            kind=kind,
            key=f"{kind} {address}",
            language="id",
            subject="Konfirmasi langganan",
            text=f"{own.confirmation}\n{own.preferences}\n{own.unsubscribe}\n",
            html=f'<!doctype html><html lang="id"><title>x</title><body><a href="{own.confirmation}">Ya</a></body></html>\n',
        )
        assert letters.write(connection, letter, domain=DOMAIN, as_of=CUTOFF, **changes)
    return reader


def test_a_letter_goes_the_same_road(connection, database_url):
    """Claimed, sent and recorded like an edition, with the reader's own links, and the same bytes on every try."""
    kept_series(connection)
    subscribed(connection, "a@b.example")
    reader = written(connection, "a@b.example", "alert")
    with Relay(after_data={"a@b.example": "450 busy"}) as relay:
        assert send(database_url, relay) == {"delayed": 1}
        relay.after_data.clear()
        assert send(database_url, relay, as_of=CUTOFF + BACK_OFF[0]) == {"sent": 1}
        first, second = (envelope.original_content for envelope in relay.seen)
    assert first == second
    message = email.message_from_bytes(second, policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    confirmation, own_page, unsubscribe = text.split()
    with connection:
        key = letters.signing_key(connection)
    signed = confirmation.removeprefix(f"{WEB}/confirm/")
    assert read(key, CONFIRMATION_LINK, signed, as_of=CUTOFF, valid_for=CONFIRMATION_VALID) == reader.token
    assert own_page.startswith(f"{WEB}/reader/")
    assert unsubscribe == f"{WEB}/unsubscribe/{reader.token}"
    assert "pantau-any-" not in second.decode()
    assert message["Date"].datetime == CUTOFF
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-ID"] == "<alerts.pantau.example>"


def test_a_letter_that_was_asked_for_is_of_no_list(connection, database_url):
    """A confirmation cannot be unsubscribed from; it goes to somebody who is not a reader yet, and only then."""
    kept_series(connection)
    choice = readers.Choice(desks=("pertahanan",))
    with connection:
        readers.ask(connection, "a@b.example", choice, source="test", as_of=CUTOFF)
    written(connection, "a@b.example", "confirmation")
    with Relay() as relay:
        assert send(database_url, relay) == {"sent": 1}
        (envelope,) = relay.accepted
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post", "List-ID"} & set(message_of(envelope).keys())


@pytest.mark.parametrize("state", ["paused", "bounced", "complained", "unsubscribed"])
def test_who_wants_none_gets_none(connection, database_url, state):
    """What was queued before is not sent: neither the edition nor an alert."""
    queued(connection, "a@b.example", "c@d.example")
    reader = written(connection, "a@b.example", "alert")
    with connection:
        if state == "paused":
            readers.pause(connection, reader.id, until=CUTOFF + timedelta(days=3), as_of=CUTOFF)
        else:
            readers.change_state(connection, reader.id, state, reason="test", as_of=CUTOFF)
    with Relay() as relay:
        send(database_url, relay, workers=2)
        assert relay.recipients == ["c@d.example"]
    assert deliveries.states(connection) == {"sent": 1, "withdrawn": 2}


def test_who_leaves_in_the_midst_of_a_round_gets_none(connection, database_url, monkeypatch):
    """The claim asks again: nothing that it skips is lost sight of, the next round takes it back."""
    queued(connection, "a@b.example", "c@d.example")
    began = delivery.deliveries.withdraw

    def leave(on):
        count = began(on)
        with connection, connection.cursor() as cursor:
            cursor.execute("UPDATE reader SET state = 'unsubscribed' WHERE address = 'a@b.example'")
        return count

    monkeypatch.setattr(delivery.deliveries, "withdraw", leave)
    with Relay() as relay:
        assert send(database_url, relay) == {"sent": 1}
        assert relay.recipients == ["c@d.example"]
        monkeypatch.undo()
        assert send(database_url, relay) == {"withdrawn": 1}


class Counting:
    """A cursor's statements, counted."""

    def __init__(self, connection):
        self._connection = connection
        self.statements = []

    def cursor(self, *arguments, **how):
        """Give a cursor that notes what it executes."""
        cursor = self._connection.cursor(*arguments, **how)
        note = self.statements

        class Noting:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                cursor.close()

            def execute(self, statement, *values):
                note.append(statement)
                return cursor.execute(statement, *values)

            def __getattr__(self, name):
                return getattr(cursor, name)

        return Noting()


@pytest.mark.parametrize("count", [3, 300])
def test_queueing_is_one_statement_an_edition(connection, count):
    """Whatever the number of readers; none of them comes out of the database."""
    stored = queued(connection, "first@b.example")
    with connection, connection.cursor() as cursor:
        execute_values(
            cursor,
            "WITH added AS (INSERT INTO reader (address, token, consent_source, consented_at) VALUES %s RETURNING id)"
            " INSERT INTO subscription (reader_id, series_id) SELECT added.id, series.id FROM added, series",
            [(f"r{number}@b.example", f"{number:024}", "test", CUTOFF) for number in range(count)],
        )
    counting = Counting(connection)
    with connection:
        assert deliveries.enqueue(counting, stored.id, domain=DOMAIN) == count
    assert len(counting.statements) == 1


def test_a_worker_takes_one_reader_at_a_time(connection):
    """A claim is two statements that give one row each, and a look at what is due gives a number, however many wait."""
    queued(connection, *[f"r{number}@b.example" for number in range(12)])
    counting = Counting(connection)
    with connection:
        assert deliveries.due(counting, CUTOFF) == 12
        assert deliveries.claim(counting, CUTOFF).address == "r0@b.example"
    looked, chosen, taken = counting.statements
    assert "SELECT count(*)" in looked
    assert "LIMIT 1" in chosen
    assert "WHERE delivery.id = %s" in taken


def test_a_writer_holds_one_edition(connection):
    """Deliveries come edition by edition: the one before is let go of."""
    first = queued(connection, "a@b.example")
    with connection:
        later = replace(quiet(), cutoff=CUTOFF + timedelta(days=1))
        second, _ = editions.save(connection, rendered(later), built_by="test")
        deliveries.enqueue(connection, second.id, domain=DOMAIN)
        claims = [deliveries.claim(connection, CUTOFF) for _ in range(2)]
    writer = Writer(connection, LETTERHEAD)
    for claimed, stored in zip(claims, (first, second), strict=True):
        writer.look_up(claimed)
        assert writer._held[0] == stored.id
