"""How a long command is stopped: by one signal, once, in order."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from processing.errors import PantauError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Stopped(PantauError):
    """Someone asked us to stop."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first Ctrl-C, SIGTERM or closed terminal into Stopped, and ignore those that follow while it unwinds."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, _: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(f"Stopped by {signal.Signals(number).name}; what was started is stopped as well.")

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
