"""Sending: one mail a reader and edition, whatever the server, the worker or the network does."""

from collections import Counter
from datetime import timedelta

import pytest
from digest_samples import CUTOFF, SENDER, WEB, quiet
from relay import Relay
from test_outbox import queued, rendered

from processing import tokens
from processing.digest.delivery import BACK_OFF, open_round, send_waiting
from processing.digest.letterhead import Letterhead
from processing.digest.links import READER_LINK, READER_LINK_VALID, for_reader, personal
from processing.digest.transport import RelayUnreachable, Transport
from processing.errors import SettingError
from processing.store import deliveries, editions, letters, readers

LETTERHEAD = Letterhead(sender=SENDER, web_url=WEB, signed_at_relay=True)


def transport_to(port, **changes):
    """Reach a server on this machine, without TLS."""
    return Transport(host="127.0.0.1", port=port, tls="none", timeout=5, **changes)


def send(connection, relay, as_of=CUTOFF):
    """Send what waits."""
    counted = Counter(open_round(connection))
    counted.update(send_waiting(connection, transport_to(relay.port), as_of=as_of, letterhead=LETTERHEAD))
    return dict(counted)


def test_a_digest_reaches_the_mailbox(connection, mailbox):
    """As it was rendered, with the reader's own links, from an address that names the delivery."""
    stored = queued(connection, "a@b.example")
    port = int(mailbox.url.rpartition(":")[2])
    assert send_waiting(connection, transport_to(port), as_of=CUTOFF, letterhead=LETTERHEAD) == {"sent": 1}
    (received,) = mailbox.messages()
    (reader,) = readers.list_readers(connection)
    message = received.message
    html = message.get_body(("html",)).get_content().replace("\r\n", "\n")
    with connection:
        own = personal(letters.signing_key(connection), reader.token, CUTOFF)
    assert html == for_reader(stored.html, own)
    assert "pantau-any-" not in html
    assert tokens.read(
        letters.signing_key(connection), READER_LINK, own.signature, as_of=CUTOFF, valid_for=READER_LINK_VALID
    ) == (reader.token)
    assert reader.token in message["List-Unsubscribe"]
    assert message["Subject"] == stored.subject
    (envelope,) = received.deliveries
    assert envelope.recipients == ("a@b.example",)
    assert envelope.sender == f"bounce+{message['Message-ID'].strip('<>')}"


def test_nothing_is_sent_twice(connection):
    """A second round finds nothing to do."""
    queued(connection, "a@b.example", "c@d.example")
    with Relay() as relay:
        assert send(connection, relay) == {"sent": 2}
        assert send(connection, relay) == {}
        assert sorted(relay.recipients) == ["a@b.example", "c@d.example"]


def test_refusals_stop_and_delays_are_tried_again(connection):
    """550 is final; 450 waits five minutes, and the second try is the same message."""
    queued(connection, "no@b.example", "later@b.example", "yes@b.example")
    with Relay({"no@b.example": "550 5.1.1 no such user", "later@b.example": "450 4.2.1 busy"}) as relay:
        assert send(connection, relay) == {"delayed": 1, "refused": 1, "sent": 1}
        assert send(connection, relay, CUTOFF + BACK_OFF[0] - timedelta(seconds=1)) == {}
        relay.answers.pop("later@b.example")
        assert send(connection, relay, CUTOFF + BACK_OFF[0]) == {"sent": 1}
        assert relay.recipients == ["yes@b.example", "later@b.example"]
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT state, attempts, error FROM delivery ORDER BY id")
        assert cursor.fetchall() == [("refused", 1, "550 5.1.1 no such user"), ("sent", 2, None), ("sent", 1, None)]


@pytest.mark.parametrize(("reply", "fate"), [("554 5.7.1 spam", "refused"), ("451 4.3.0 disk full", "delayed")])
def test_a_message_turned_down_after_data_was_not_sent(connection, reply, fate):
    """The answer to the whole message decides."""
    queued(connection, "a@b.example")
    with Relay(after_data={"a@b.example": reply}) as relay:
        assert send(connection, relay) == {fate: 1}


def test_the_same_message_is_sent_on_every_try(connection):
    """Message-ID and bytes do not depend on the try."""
    queued(connection, "a@b.example")
    with Relay() as relay:
        relay.after_data["a@b.example"] = "450 busy"
        send(connection, relay)
        relay.after_data.clear()
        send(connection, relay, CUTOFF + BACK_OFF[0])
        first, second = relay.seen
        assert first.original_content == second.original_content


def test_in_the_end_a_server_that_is_always_busy_refuses(connection):
    """After the last wait the delivery is refused, with the server's last words: counted, not lost."""
    queued(connection, "a@b.example")
    as_of = CUTOFF
    with Relay({"a@b.example": "450 busy"}) as relay:
        for wait in BACK_OFF:
            assert send(connection, relay, as_of) == {"delayed": 1}
            as_of += wait
        assert send(connection, relay, as_of) == {"refused": 1}


def test_a_sender_that_the_server_does_not_know_costs_no_reader_the_digest(connection):
    """530 or 550 to MAIL FROM is our fault, to be mended: it is tried again."""
    queued(connection, "a@b.example")
    with Relay({"from": "550 sender unknown"}) as relay:
        assert send(connection, relay) == {"delayed": 1}


def test_a_line_cut_after_the_message_leaves_it_uncertain(connection):
    """The server took it and could not say so: it is named and not sent again, and the others get theirs."""
    queued(connection, "a@b.example", "cut@b.example", "c@d.example")
    with Relay(after_data={"cut@b.example": "drop"}) as relay:
        assert send(connection, relay) == {"sent": 2, "uncertain": 1}
        assert send(connection, relay, CUTOFF + timedelta(days=1)) == {}
        assert sorted(relay.recipients) == ["a@b.example", "c@d.example", "cut@b.example"]


def test_a_server_that_ends_the_session_is_asked_again(connection):
    """421 to one recipient ends the session; the rest go through another."""
    queued(connection, "a@b.example", "busy@b.example", "c@d.example")
    with Relay({"busy@b.example": "421 closing"}) as relay:
        assert send(connection, relay) == {"delayed": 1, "sent": 2}


def test_a_letter_that_cannot_be_written_keeps_nobody_elses_back(connection):
    """It is refused with the reason, and the others are sent."""
    queued(connection, "a@b.example", "c@d.example")
    with connection, connection.cursor() as cursor:
        cursor.execute("UPDATE reader SET address = 'a..b@' WHERE address = 'a@b.example'")
    with Relay() as relay:
        assert send(connection, relay) == {"refused": 1, "sent": 1}
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT error FROM delivery WHERE state = 'refused'")
        assert cursor.fetchall()[0][0].startswith("The message could not be written")


def test_an_unreachable_server_leaves_everything_queued(connection):
    """One sentence says which server; nothing was claimed."""
    queued(connection, "a@b.example")
    with Relay() as relay:
        port = relay.port
    with pytest.raises(RelayUnreachable, match=f"127.0.0.1:{port} cannot be used"):
        send_waiting(connection, transport_to(port), as_of=CUTOFF, letterhead=LETTERHEAD)
    assert deliveries.states(connection) == {"queued": 1}


def test_plain_smtp_stays_on_this_machine():
    """A password would travel in the clear."""
    with pytest.raises(SettingError, match=r"mail\.example without TLS"):
        Transport(host="mail.example", port=25, tls="none")
    assert Transport(host="::1", port=25, tls="none")


def test_a_server_without_starttls_gets_no_mail(connection):
    """STARTTLS was asked for: what does not offer it is not used in the clear."""
    queued(connection, "a@b.example")
    with Relay() as relay, pytest.raises(RelayUnreachable, match="STARTTLS"):
        send_waiting(connection, Transport(host="127.0.0.1", port=relay.port), as_of=CUTOFF, letterhead=LETTERHEAD)
    assert deliveries.states(connection) == {"queued": 1}


def test_a_rebuilt_edition_mails_nobody(connection):
    """It is the stored one, and its readers are not queued again even by a second call."""
    stored = queued(connection, "a@b.example")
    with Relay() as relay:
        send(connection, relay)
        with connection:
            again, new = editions.save(connection, rendered(quiet("en")), built_by="later")
            assert deliveries.enqueue(connection, again.id, domain="pantau.example") == 0
        assert again == stored
        assert not new
        assert send(connection, relay) == {}
        assert len(relay.accepted) == 1
