"""What comes back by mail: bounces, complaints and unsubscribing mails, and what follows for the reader."""

import email
from dataclasses import replace
from datetime import timedelta

import pytest
from digest_samples import CUTOFF, quiet
from returned_samples import bounce_address, complaint, delivery_status, plain_mail, qmail
from test_outbox import DOMAIN, queued, rendered

from processing.digest.incoming import Fate, handle
from processing.digest.reports import Kind, read_report
from processing.store import bounces, deliveries, editions, readers

LATER = CUTOFF + timedelta(hours=1)


def sent(connection, *addresses, day=0):
    """Queue an edition and take it as sent; give each address's Message-ID."""
    if day:
        with connection:
            stored, _ = editions.save(
                connection, rendered(replace(quiet(), cutoff=CUTOFF + timedelta(days=day))), built_by="test"
            )
            deliveries.enqueue(connection, stored.id, domain=DOMAIN)
    else:
        queued(connection, *addresses)
    ids = {}
    at = CUTOFF + timedelta(days=day)
    while True:
        with connection:
            claimed = deliveries.claim(connection, at)
            if claimed is None:
                return ids
            deliveries.record_sent(connection, claimed.id, at)
            deliveries.release(connection, claimed.id)
        ids[claimed.address] = claimed.message_id


def came_back(connection, message, as_of=LATER):
    """Handle a mail that came back."""
    with connection:
        return handle(connection, message, as_of=as_of).fate


def reader(connection, address="a@b.example"):
    """Give a reader."""
    with connection:
        return readers.by_address(connection, address)


def suppressed(connection, address="a@b.example"):
    """Tell whether an address is on the list."""
    with connection:
        return readers.is_suppressed(connection, address)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.0.0", "5.4.4", "5.1.2"])
def test_a_hard_bounce_stops_the_address(connection, status):
    """The reader is `bounced`, its address on the list, and what waits is taken back; the others get their mail."""
    ids = sent(connection, "a@b.example", "c@d.example")
    with connection:
        later, _ = editions.save(
            connection, rendered(replace(quiet(), cutoff=CUTOFF + timedelta(days=1))), built_by="test"
        )
        deliveries.enqueue(connection, later.id, domain=DOMAIN)
    assert came_back(connection, delivery_status(ids["a@b.example"], status=status)) is Fate.HARD
    assert reader(connection).state == "bounced"
    assert suppressed(connection)
    assert not suppressed(connection, "c@d.example")
    assert deliveries.states(connection, later.id) == {"queued": 1, "withdrawn": 1}


def test_a_bounce_counts_once(connection):
    """The same mail, read again because its filing failed, changes nothing."""
    ids = sent(connection, "a@b.example")
    hard = delivery_status(ids["a@b.example"])
    assert [came_back(connection, hard), came_back(connection, hard)] == [Fate.HARD, Fate.KNOWN]
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT bounced_at, bounce FROM delivery")
        ((at, said),) = cursor.fetchall()
    assert at == LATER
    assert "5.1.1" in said
    assert "@" not in said


@pytest.mark.parametrize("status", ["4.2.2", "4.4.7", "5.2.2", "5.2.3", "5.3.4", "5.7.1", "5.6.0", "5.1.8"])
def test_a_soft_bounce_stops_nobody_by_itself(connection, status):
    """A full mailbox, a mail too large, a policy: it may be otherwise tomorrow, and is said of no address."""
    ids = sent(connection, "a@b.example")
    words = f"552 {status} over quota"
    assert came_back(connection, delivery_status(ids["a@b.example"], status=status, code=words)) is Fate.SOFT
    assert reader(connection).state == "active"
    assert not suppressed(connection)
    assert came_back(connection, delivery_status(ids["a@b.example"], status=status, code=words)) is Fate.KNOWN


def soft(connection, message_id):
    """Let a mail come back because the mailbox is full."""
    return came_back(connection, delivery_status(message_id, status="4.2.2", code="452 4.2.2 mailbox full"))


def test_more_than_five_soft_bounces_in_a_row_stop_the_address(connection):
    """Five do not."""
    last = bounces.MOST_SOFT_BOUNCES
    for day in range(last + 1):
        ids = sent(connection, "a@b.example", day=day)
        assert reader(connection).state == "active"
        assert soft(connection, ids["a@b.example"]) is Fate.SOFT
    assert reader(connection).state == "bounced"
    assert suppressed(connection)


def test_a_mail_that_arrives_begins_the_count_anew(connection):
    """Five came back, one did not, five more come back: the mailbox works, so nobody is stopped."""
    for day in range(11):
        ids = sent(connection, "a@b.example", day=day)
        if day != 5:
            assert soft(connection, ids["a@b.example"]) is Fate.SOFT
    assert reader(connection).state == "active"
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT soft_bounces FROM reader")
        assert cursor.fetchall() == [(5,)]


def test_bounces_that_come_days_later_still_count_in_a_row(connection):
    """A relay gives up after days: what was sent meanwhile has not arrived because it has not come back yet."""
    ids = [sent(connection, "a@b.example", day=day)["a@b.example"] for day in range(6)]
    for message_id in ids:
        assert soft(connection, message_id) is Fate.SOFT
    assert reader(connection).state == "bounced"


def test_a_hard_bounce_after_a_soft_one_counts(connection):
    """Of the same mail: first put off, then given up."""
    ids = sent(connection, "a@b.example")
    assert soft(connection, ids["a@b.example"]) is Fate.SOFT
    assert came_back(connection, delivery_status(ids["a@b.example"])) is Fate.HARD
    assert reader(connection).state == "bounced"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_nothing_failed_changes_nothing(connection, action):
    """Not even when it says 4.4.1 or 5.1.1."""
    ids = sent(connection, "a@b.example")
    assert came_back(connection, delivery_status(ids["a@b.example"], action=action)) is Fate.NOTICE
    assert reader(connection).state == "active"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "text/plain"])
def test_a_bounce_to_another_address_is_found_by_what_it_quotes(connection, returned):
    """Some servers answer the From header: the Message-ID of the mail that came back is in it."""
    ids = sent(connection, "a@b.example")
    bounce = delivery_status(ids["a@b.example"], to="digest@pantau.example", returned=returned)
    assert came_back(connection, bounce) is Fate.HARD


def test_a_forged_bounce_stops_nobody(connection):
    """Only a Message-ID counts that we have sent: neither one that was made up, nor one that still waits."""
    sent(connection, "a@b.example")
    forged = delivery_status(f"<{'0' * 32}@pantau.example>")
    assert came_back(connection, forged) is Fate.UNKNOWN
    with connection:
        later, _ = editions.save(
            connection, rendered(replace(quiet(), cutoff=CUTOFF + timedelta(days=1))), built_by="test"
        )
        deliveries.enqueue(connection, later.id, domain=DOMAIN)
        with connection.cursor() as cursor:
            cursor.execute("SELECT message_id FROM delivery WHERE state = 'queued'")
            ((waiting,),) = cursor.fetchall()
    assert came_back(connection, delivery_status(waiting)) is Fate.UNKNOWN
    assert came_back(connection, complaint(f"<{'0' * 32}@pantau.example>")) is Fate.UNKNOWN
    assert reader(connection).state == "active"


def test_a_bounce_settles_what_was_uncertain(connection):
    """It came back, so it went out: the delivery is `sent`, and the bounce counts."""
    queued(connection, "a@b.example")
    with connection:
        claimed = deliveries.claim(connection, CUTOFF)
        deliveries.record_uncertain(connection, claimed.id, "the line was cut")
    assert came_back(connection, delivery_status(claimed.message_id)) is Fate.HARD
    assert deliveries.states(connection) == {"sent": 1}


@pytest.mark.parametrize(
    ("words", "fate", "state"),
    [
        ("Sorry, no mailbox here by that name. (#5.1.1)", Fate.HARD, "bounced"),
        ("192.0.2.1 does not like recipient.\nRemote host said: 550 User unknown", Fate.HARD, "bounced"),
        ("192.0.2.1 failed after I sent the message.\nRemote host said: 552 Mailbox full", Fate.SOFT, "active"),
        ("Remote host said: 554 5.7.1 message content rejected", Fate.SOFT, "active"),
    ],
)
def test_older_forms_of_bounces_are_known(connection, words, fate, state):
    """qmail's, read by flufl.bounce; its words tell a full mailbox from one that is not there."""
    ids = sent(connection, "a@b.example")
    assert came_back(connection, qmail(ids["a@b.example"], words)) is fate
    assert reader(connection).state == state


@pytest.mark.parametrize("by_envelope", [False, True])
@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_complaint_stops_the_address_for_good(connection, by_envelope, returned):
    """Found by Message-ID or by envelope sender; nothing but erasure leads out of it."""
    ids = sent(connection, "a@b.example")
    report = complaint(ids["a@b.example"], by_envelope=by_envelope, returned=returned)
    assert came_back(connection, report) is Fate.COMPLAINT
    assert reader(connection).state == "complained"
    assert suppressed(connection)
    assert came_back(connection, report) is Fate.KNOWN
    complained = reader(connection).id
    with pytest.raises(readers.StateRefused), connection:
        readers.change_state(connection, complained, "active", reason="x", as_of=LATER)


def test_who_says_that_it_is_no_spam_stays(connection):
    """Feedback-Type: not-spam."""
    ids = sent(connection, "a@b.example")
    assert came_back(connection, complaint(ids["a@b.example"], kind="not-spam")) is Fate.NOTICE
    assert reader(connection).state == "active"


def test_a_bounce_of_one_who_left_keeps_the_address_away(connection):
    """The reader stays unsubscribed; no import brings an address back that bounces."""
    ids = sent(connection, "a@b.example")
    with connection:
        readers.remove_reader(connection, "a@b.example", as_of=LATER)
    assert came_back(connection, delivery_status(ids["a@b.example"])) is Fate.HARD
    assert reader(connection).state == "unsubscribed"
    with pytest.raises(readers.NotWrittenTo), connection:
        readers.add_reader(connection, "a@b.example", "pertahanan", consent_source="again", as_of=LATER)


def test_a_mail_unsubscribes(connection):
    """To the address of List-Unsubscribe, in whatever letters; a second changes nothing, an unknown token neither."""
    sent(connection, "a@b.example")
    token = reader(connection).token
    assert came_back(connection, plain_mail(f"unsubscribe+{token}@pantau.example")) is Fate.UNSUBSCRIBED
    assert reader(connection).state == "unsubscribed"
    assert suppressed(connection)
    assert came_back(connection, plain_mail(f"<UNSUBSCRIBE+{token}@pantau.example>")) is Fate.UNSUBSCRIBED
    assert came_back(connection, plain_mail("unsubscribe+nobody@pantau.example")) is Fate.UNKNOWN


@pytest.mark.parametrize("header", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}])
def test_an_absence_is_a_notice(connection, header):
    """Somebody on holiday neither bounces nor leaves."""
    ids = sent(connection, "a@b.example")
    absent = plain_mail(bounce_address(ids["a@b.example"]), "Saya sedang cuti", **header)
    assert came_back(connection, absent) is Fate.NOTICE
    assert reader(connection).state == "active"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"To: digest@pantau.example\nSubject: Halo\n\nBagus sekali.\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: message/delivery-status\n\n--B--\n",
        b"Content-Type: multipart/report; boundary=\n\n",
        b"Content-Type: message/delivery-status\n\nAction",
        b"Content-Type: text/plain; charset=none\nContent-Transfer-Encoding: base64\n\n!!!!\n",
    ],
)
def test_what_is_no_report_is_left_and_named(connection, content):
    """For a person to read; no mail breaks the reading of the next."""
    sent(connection, "a@b.example")
    with connection:
        handled = handle(connection, email.message_from_bytes(content), as_of=LATER)
    assert handled.fate is Fate.LEFT
    assert handled.why
    assert reader(connection).state == "active"


def test_a_mail_that_breaks_its_reader_is_left(connection, monkeypatch):
    """What goes wrong in reading is named by its kind alone: its words may hold an address."""

    def break_(_message):
        raise LookupError("a@b.example")

    monkeypatch.setattr("processing.digest.incoming.read_report", break_)
    with connection:
        handled = handle(connection, email.message_from_bytes(b""), as_of=LATER)
    assert (handled.fate, handled.why) == (Fate.LEFT, "it cannot be read (LookupError)")


def test_what_is_kept_of_a_report_names_nobody():
    """Addresses go out of the server's words."""
    report = read_report(delivery_status(f"<{'0' * 32}@pantau.example>"))
    assert report.kind is Kind.HARD
    assert report.said == "5.1.1 smtp; 550 5.1.1 <…>: no such user"
