"""Sending what waits in the outbox: each delivery is claimed, sent and written down by itself, and none is sent twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from processing.digest.letterhead import Letterhead
from processing.digest.message import envelope_sender
from processing.digest.transport import Fate, Outcome, Session, Transport
from processing.digest.writing import Writer
from processing.store import Connection, bounces, deliveries
from processing.store.deliveries import Claimed

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""How long to wait after each try that the server put off; after the last, the delivery is refused."""

NO_SUCH_ADDRESS = re.compile(r"55\d 5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")
"""What a server says of an address that takes no mail (RFC 3463, 7505), not of us, of the message or of a full mailbox."""


@dataclass(slots=True)
class Postman:
    """Sends on one connection to the store."""

    connection: Connection
    transport: Transport
    as_of: datetime
    writer: Writer
    rest: Callable[[], None] | None
    """Waits for the time between two mails, where a rate is to be kept."""
    stopped: Callable[[], bool]
    """Whether to claim nothing more."""


def open_round(connection: Connection) -> dict[str, int]:
    """Name what an earlier worker left half done, and take back what waits for readers who have left; counts both."""
    with connection:
        left_behind = len(deliveries.name_left_behind(connection))
        withdrawn = deliveries.withdraw(connection)
    return {fate: count for fate, count in (("uncertain", left_behind), ("withdrawn", withdrawn)) if count}


def send_waiting(
    connection: Connection,
    transport: Transport,
    *,
    as_of: datetime,
    letterhead: Letterhead,
    rest: Callable[[], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Send all that is due, as one worker, and count what became of it: sent, delayed, refused, uncertain.

    Commits: a delivery is marked before the mail goes out and after. Raises RelayUnreachable when the server cannot be
    reached; then nothing more is claimed.
    """
    counted: Counter[str] = Counter()
    postman = Postman(connection, transport, as_of, Writer(connection, letterhead), rest, stopped)
    more = True
    while more and not stopped() and _is_due(connection, as_of):
        with transport.session() as session:
            more, fates = _send_in(postman, session)
            counted.update(fates)
    return dict(sorted(counted.items()))


def _send_in(postman: Postman, session: Session) -> tuple[bool, Counter[str]]:
    """Send until nothing is due, or the session is lost; tell whether it was."""
    fates: Counter[str] = Counter()
    while not postman.stopped():
        if postman.rest:
            deliveries.turn(postman.connection, postman.rest)
        with _claimed(postman) as delivery:
            if delivery is None:
                break
            outcome = _hand_over(postman, session, delivery)
            with postman.connection:  # the row's own lock keeps others off until both are committed
                fates[_record(postman, delivery, outcome)] += 1
                deliveries.release(postman.connection, delivery.id)
        if outcome.lost:
            return True, fates
    return False, fates


def _hand_over(postman: Postman, session: Session, delivery: Claimed) -> Outcome:
    sheet = postman.writer.look_up(delivery)
    try:
        content = postman.writer.write(sheet)
    except Exception as error:  # noqa: BLE001 - what cannot be written for one reader must not keep the others' mail back
        return Outcome(Fate.REFUSED, f"The message could not be written: {type(error).__name__}.")
    return session.send(envelope_sender(delivery.message_id), delivery.address, content)


@contextmanager
def _claimed(postman: Postman) -> Iterator[Claimed | None]:
    """Take the next delivery that is due; one that is not written down when this fails stays `sending`, and nobody's."""
    with postman.connection:
        delivery = deliveries.claim(postman.connection, postman.as_of)
    try:
        yield delivery
    except BaseException:
        if delivery and not postman.connection.closed:
            with postman.connection:
                deliveries.release(postman.connection, delivery.id)
        raise


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
            if NO_SUCH_ADDRESS.match(outcome.words):
                bounces.stop(connection, delivery.reader, "bounced", reason=outcome.words, as_of=postman.as_of)
            return "refused"


def _is_due(connection: Connection, as_of: datetime) -> bool:
    with connection:
        return bool(deliveries.due(connection, as_of))
