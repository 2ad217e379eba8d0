"""Sending what waits in the outbox: each delivery is claimed, sent and written down by itself, and none is sent twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from processing.digest.links import links
from processing.digest.message import compose, envelope_sender, for_one_reader
from processing.digest.transport import Fate, Outcome, Session, Transport
from processing.model import Rendered
from processing.store import Connection, deliveries, editions
from processing.store.deliveries import Claimed

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""How long to wait after each try that the server put off; after the last, the delivery is refused."""


@dataclass(slots=True)
class Postman:
    """Sends on one connection to the store; `session` is the open way to the mail server."""

    connection: Connection
    transport: Transport
    as_of: datetime
    sender: str
    web_url: str | None
    known: dict[int, Rendered] = field(default_factory=dict)
    """Editions read from the store, by id."""


def send_waiting(
    connection: Connection, transport: Transport, *, as_of: datetime, sender: str, web_url: str | None
) -> dict[str, int]:
    """Send all that is due, and count what became of it: sent, delayed, refused, uncertain, withdrawn.

    Commits: a delivery is marked before the mail goes out and after. What an earlier worker left half done becomes
    `uncertain` and is not sent again. Raises RelayUnreachable when the server cannot be reached; then nothing more is claimed.
    """
    counted: Counter[str] = Counter()
    with connection:
        counted["uncertain"] += len(deliveries.name_left_behind(connection))
        counted["withdrawn"] += deliveries.withdraw(connection)
    postman = Postman(connection, transport, as_of, sender, web_url)
    more = True
    while more and _is_due(connection, as_of):
        with transport.session() as session:
            more, fates = _send_in(postman, session)
            counted.update(fates)
    return {fate: count for fate, count in sorted(counted.items()) if count}


def _send_in(postman: Postman, session: Session) -> tuple[bool, Counter[str]]:
    """Send until nothing is due, or the session is lost; tell whether it was."""
    fates: Counter[str] = Counter()
    while True:
        with _claimed(postman) as delivery:
            if delivery is None:
                return False, fates
            outcome = _hand_over(postman, session, delivery)
            with postman.connection:
                fates[_record(postman, delivery, outcome)] += 1
        if outcome.lost:
            return True, fates


def _hand_over(postman: Postman, session: Session, delivery: Claimed) -> Outcome:
    try:
        letter = _letter(postman, delivery)
    except Exception as error:  # noqa: BLE001 - what cannot be written for one reader must not keep the others' mail back
        return Outcome(Fate.REFUSED, f"The message could not be written: {type(error).__name__}: {error}")
    return session.send(envelope_sender(delivery.message_id), delivery.address, letter)


@contextmanager
def _claimed(postman: Postman) -> Iterator[Claimed | None]:
    """Hold the next delivery that is due; one that is not written down when this ends stays `sending`."""
    with postman.connection:
        delivery = deliveries.claim(postman.connection, postman.as_of)
    try:
        yield delivery
    finally:
        if delivery and not postman.connection.closed:
            with postman.connection:
                deliveries.release(postman.connection, delivery.id)


def _letter(postman: Postman, delivery: Claimed) -> bytes:
    rendered = _edition(postman, delivery.edition)
    edition = rendered.edition
    addresses = links(
        edition.series, edition.cutoff, sender=postman.sender, web_url=postman.web_url, token=delivery.token
    )
    message = compose(
        for_one_reader(rendered, delivery.token),
        links=addresses,
        sender=postman.sender,
        to=delivery.address,
        name=delivery.name,
        message_id=delivery.message_id,
    )
    return message.as_bytes()


def _edition(postman: Postman, edition: int) -> Rendered:
    if edition not in postman.known:
        with postman.connection:
            stored = editions.load_by_id(postman.connection, edition)
        postman.known[edition] = Rendered(
            subject=stored.subject, text=stored.text, html=stored.html, edition=stored.edition
        )
    return postman.known[edition]


def _record(postman: Postman, delivery: Claimed, outcome: Outcome) -> str:
    """Write down what became of a delivery, and name it."""
    connection = postman.connection
    match outcome.fate:
        case Fate.ACCEPTED:
            deliveries.record_sent(connection, delivery.id, postman.as_of)
            return "sent"
        case Fate.DELAYED if delivery.attempts <= len(BACK_OFF):
            wait = BACK_OFF[delivery.attempts - 1]
            deliveries.record_delay(connection, delivery.id, outcome.words, postman.as_of + wait)
            return "delayed"
        case Fate.UNCERTAIN:
            deliveries.record_uncertain(connection, delivery.id, outcome.words)
            return "uncertain"
        case _:
            deliveries.record_refused(connection, delivery.id, outcome.words)
            return "refused"


def _is_due(connection: Connection, as_of: datetime) -> bool:
    with connection:
        return deliveries.is_due(connection, as_of)
