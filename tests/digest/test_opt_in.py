"""Subscribing oneself: from the question to the first link, through a real mailbox, and what a stranger learns of it."""

import re
from datetime import timedelta

import pytest
from digest_samples import CUTOFF, SENDER, WEB, series
from test_delivery import LETTERHEAD, transport_to

from processing import tokens
from processing.digest import opt_in
from processing.digest.delivery import send_waiting
from processing.digest.links import READER_LINK, READER_LINK_VALID
from processing.errors import PantauError, SettingError
from processing.store import deliveries, letters, readers
from processing.store.readers import Choice
from processing.store.series import save_series
from processing.tokens import TokenRefused

ADDRESS = "budi@contoh.example"
SOURCE = f"the page {WEB}/subscribe"
OWN = Choice(topics=("maritime", "cyber"))
DAY = timedelta(days=1)


@pytest.fixture
def store(connection):
    """Give a store with the desk's series."""
    with connection:
        save_series(connection, series(id=0, name="desk"))
    return connection


def asked(connection, choice=OWN, *, address=ADDRESS, at=CUTOFF, **more):
    """Ask for a digest."""
    with connection:
        assert (
            opt_in.ask(connection, address, choice, source=SOURCE, sender=SENDER, web_url=WEB, as_of=at, **more) is None
        )


def received(connection, mailbox, at=CUTOFF):
    """Send what waits, and give the mails that have come."""
    send_waiting(connection, transport_to(int(mailbox.url.rpartition(":")[2])), as_of=at, letterhead=LETTERHEAD)
    return [mail.message for mail in mailbox.messages()]


def texts(message):
    """Give the text and the HTML of a mail."""
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def link_in(message, page):
    """Give the signed text of the link to a page, which is the same in both parts."""
    found = {signed for text in texts(message) for signed in re.findall(rf"{WEB}/{page}/([\w.-]+)", text)}
    (signed,) = found
    return signed


def waiting(connection):
    """Count the mails that wait."""
    return deliveries.states(connection).get("queued", 0)


def test_a_reader_subscribes_itself(store, mailbox):
    """Asked on the page, confirmed by the link of the letter: then it is a reader, by its own word and from then on."""
    asked(store)
    (letter,) = received(store, mailbox)
    assert letter["To"] == ADDRESS
    assert letter["Subject"] == "Konfirmasikan langganan Meja Pantau Anda"
    for text in texts(letter):
        said = " ".join(text.split())
        assert "Pada Minggu, 22 November 2026 pukul 06.00 WIB" in said
        assert "pantau.example" in said
        assert "Keamanan maritim" in said
        assert "abaikan saja surel ini" in said
    assert readers.by_address(store, ADDRESS).state == "pending"
    reader = opt_in.confirm(store, link_in(letter, "confirm"), as_of=CUTOFF + DAY)
    assert (reader.address, reader.state, reader.consented_at) == (ADDRESS, "active", CUTOFF + DAY)
    assert reader.consent_source == f"{SOURCE}, confirmed by mail"
    assert set(readers.choice_of(store, reader.id).topics) == set(OWN.topics)


def test_the_letter_is_in_the_readers_language(store, mailbox):
    """And the operator who invites says so."""
    asked(store, Choice(language="en"), invited=True)
    (letter,) = received(store, mailbox)
    assert letter["Subject"] == "Confirm your subscription to Meja Pantau"
    assert letter["Content-Language"] == "en"
    assert "the desk of Meja Pantau noted that you would like" in " ".join(texts(letter)[0].split())


def test_an_address_gets_one_letter_a_day(store, mailbox):
    """However often somebody asks; on the next day one more."""
    for hours in (0, 1, 5):
        asked(store, at=CUTOFF + timedelta(hours=hours))
    assert waiting(store) == 1
    asked(store, at=CUTOFF + DAY)
    assert waiting(store) == 2


def test_a_reader_who_is_asked_for_again_gets_its_link(store, mailbox):
    """Nothing of it changes, and its own mailbox tells it so; whoever asked sees no difference."""
    with store:
        known = readers.add(store, ADDRESS, Choice(language="en"), consent_source="a form", as_of=CUTOFF)
    asked(store)
    (letter,) = received(store, mailbox)
    assert letter["Subject"] == "The link to manage your subscription to Meja Pantau"
    key = letters.signing_key(store)
    signed = link_in(letter, "reader")
    assert tokens.read(key, READER_LINK, signed, as_of=CUTOFF + DAY, valid_for=READER_LINK_VALID) == known.token
    assert readers.by_address(store, ADDRESS) == known
    with store:
        opt_in.send_link(store, ADDRESS, sender=SENDER, web_url=WEB, as_of=CUTOFF + timedelta(hours=1))
    assert waiting(store) == 0


@pytest.mark.parametrize("state", [None, "pending", "unsubscribed", "bounced", "complained"])
def test_a_link_goes_to_readers_alone(store, state):
    """Who asks for the link of anybody else gets the same answer, and nobody gets a mail."""
    with store:
        if state == "pending":
            readers.ask(store, ADDRESS, OWN, source=SOURCE, as_of=CUTOFF)
        elif state:
            reader = readers.add(store, ADDRESS, OWN, consent_source="a form", as_of=CUTOFF)
            readers.change_state(store, reader.id, state, reason="x", as_of=CUTOFF)
        assert opt_in.send_link(store, ADDRESS, sender=SENDER, web_url=WEB, as_of=CUTOFF) is None
    assert waiting(store) == 0


@pytest.mark.parametrize("state", ["bounced", "complained"])
def test_who_must_not_be_written_to_is_not(store, state):
    """No letter, no error that tells of it, and the state stays."""
    with store:
        reader = readers.add(store, ADDRESS, OWN, consent_source="a form", as_of=CUTOFF)
        readers.change_state(store, reader.id, state, reason="x", as_of=CUTOFF)
    asked(store)
    assert waiting(store) == 0
    assert readers.by_address(store, ADDRESS).state == state


def test_who_unsubscribed_comes_back_by_the_letter(store, mailbox):
    """The confirmation goes out though the address is on the suppression list, and lifts it."""
    with store:
        reader = readers.add(store, ADDRESS, OWN, consent_source="a form", as_of=CUTOFF)
        readers.unsubscribe(store, reader.token, as_of=CUTOFF, reason="one click")
    asked(store)
    (letter,) = received(store, mailbox)
    opt_in.confirm(store, link_in(letter, "confirm"), as_of=CUTOFF)
    assert not readers.is_suppressed(store, ADDRESS)


def test_a_confirmation_works_for_a_week(store, mailbox):
    """And only the whole of it; opening it twice is no harm."""
    asked(store)
    (letter,) = received(store, mailbox)
    signed = link_in(letter, "confirm")
    with pytest.raises(TokenRefused, match="expired"):
        opt_in.confirm(store, signed, as_of=CUTOFF + 7 * DAY + timedelta(seconds=1))
    with pytest.raises(TokenRefused, match="not complete"):
        opt_in.confirm(store, signed[:-1], as_of=CUTOFF)
    assert opt_in.confirm(store, signed, as_of=CUTOFF + 7 * DAY) == opt_in.confirm(store, signed, as_of=CUTOFF)


def test_what_cannot_be_asked_is_said(store):
    """No address, no such topic, no web address to confirm at: a sentence each, and nothing is kept."""
    for address, choice, web, error, said in (
        ("budi", OWN, WEB, PantauError, "no mail address"),
        (ADDRESS, Choice(topics=("sport",)), WEB, PantauError, "no topic 'sport'"),
        (ADDRESS, Choice(desks=("laut",)), WEB, PantauError, "no series 'laut'"),
        (ADDRESS, OWN, None, SettingError, "PANTAU_WEB_URL is not set"),
    ):
        with pytest.raises(error, match=said), store:
            opt_in.ask(store, address, choice, source=SOURCE, sender=SENDER, web_url=web, as_of=CUTOFF)
        assert readers.list_readers(store) == []
