"""Several workers at once, each with a connection and an SMTP session of its own; together they keep the rate."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from threading import Event

from processing.digest.delivery import open_round, send_waiting
from processing.digest.letterhead import Letterhead
from processing.digest.transport import RelayUnreachable, Transport
from processing.store import connect, deliveries, told_when_lost


def send_all(
    url: str,
    transport: Transport,
    *,
    as_of: datetime,
    letterhead: Letterhead,
    workers: int = 1,
    rate: float | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, int]:
    """Send all that is due in the outbox of the database at `url`, and count what became of it, as `send_waiting` does.

    `rate` is the mails a second that all workers of this database together may send, those of other processes included.
    Interrupted, each worker ends with the mail that it is at. Raises RelayUnreachable while mails wait and no worker gets
    into the server, and DatabaseError where the database is lost: what is due then waits for the next round.
    """
    with told_when_lost(url), closing(connect(url)) as connection:
        counted = Counter(open_round(connection))
        with connection:
            waiting = deliveries.due(connection, as_of)
        if not waiting:
            return dict(counted)
        rest = (lambda: sleep(1 / rate)) if rate else None
        rounds = _rounds(url, transport, as_of, letterhead, rest, workers=min(workers, waiting))
        with connection:
            left = deliveries.due(connection, as_of)
    for one in rounds:
        error = one.exception()
        if error is None:
            counted.update(one.result())
        elif left or not isinstance(
            error, RelayUnreachable
        ):  # one worker too many for the relay is no fault of the others
            raise error
    return dict(sorted(counted.items()))


def _rounds(
    url: str,
    transport: Transport,
    as_of: datetime,
    letterhead: Letterhead,
    rest: Callable[[], None] | None,
    *,
    workers: int,
) -> list[Future[dict[str, int]]]:
    """Let the workers send until nothing is due, and give what came of each."""
    stop = Event()

    def work() -> dict[str, int]:
        with told_when_lost(url), closing(connect(url)) as own:
            return send_waiting(own, transport, as_of=as_of, letterhead=letterhead, rest=rest, stopped=stop.is_set)

    with ThreadPoolExecutor(workers, thread_name_prefix="postman") as pool:
        try:
            rounds = [pool.submit(work) for _ in range(workers)]
            for one in rounds:
                one.exception()
        finally:
            stop.set()
    return rounds
