"""What a long command tells while it works: one line a stage, with the seconds it took."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console


@contextmanager
def stage(console: Console, title: str) -> Iterator[Callable[[str], None]]:
    """Show that a stage is at work, and at its end for how long; gives a function that tells a detail meanwhile."""
    began = time.monotonic()

    def seconds() -> str:
        return f"{time.monotonic() - began:6.1f} s"

    with console.status(escape(title)) as status:
        try:
            yield lambda detail: status.update(f"{escape(title)}: {escape(detail)}")
        except BaseException:
            console.print(f"[red]{seconds()}[/]  {escape(title)}: not done")
            raise
    console.print(f"[green]{seconds()}[/]  {escape(title)}")
