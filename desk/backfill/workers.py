"""Files of an archive, several at once: each in a process of its own, which a hostile file may take down alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from desk.backfill.selecting import Selected, select
from desk.backfill.sorting import Asked

AHEAD = 4
"""Files a worker may be ahead of the first that is not done, so that a large one keeps the others from nothing."""

Told = Callable[[int, int], None]
"""Hears how many bytes and records came since it was last called."""


@dataclass(slots=True)
class _Work:
    """A file being gone through."""

    uri: str
    copies: Path
    process: BaseProcess
    pipe: connection.Connection
    selected: Selected | None = None


def select_all(
    uris: Sequence[str], asked: Asked, folder: Path, *, workers: int, told: Told
) -> Generator[Selected, None, None]:
    """Go through files with so many workers, and give what each holds in their order; copies lie in `folder`.

    A worker that dies costs its file alone. Whoever stops asking ends the workers.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["desk.backfill.selecting"])
    waiting = deque(enumerate(uris))
    works: deque[_Work] = deque()
    try:
        while waiting or works:
            at_work = [work for work in works if work.selected is None]
            if waiting and len(at_work) < workers and len(works) < AHEAD * workers:
                number, uri = waiting.popleft()
                works.append(_begun(context, uri, asked, folder / f"{number}.copies.warc.gz"))
                continue
            while works and works[0].selected:
                yield works.popleft().selected  # type: ignore[misc]  # the line above has looked
            _listen([work for work in works if work.selected is None], told)
    finally:
        for work in works:
            work.process.terminate()
            work.process.join()
            work.copies.unlink(missing_ok=True)


def _begun(context: multiprocessing.context.ForkServerContext, uri: str, asked: Asked, copies: Path) -> _Work:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(uri, asked, copies, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Work(uri, copies, process, ours)


def _work(uri: str, asked: Asked, copies: Path, pipe: connection.Connection) -> None:
    """Do a worker's work: progress goes through the pipe as pairs, and last the result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the command; it ends its workers
    Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    pipe.send(select(uri, asked, copies, lambda size, records: pipe.send((size, records))))


def _end_with(parent: BaseProcess | None) -> None:
    """Wait for the command, and end with it, however it ends: a worker may be waiting for a server that says nothing."""
    if parent:
        parent.join()
        os._exit(1)


def _listen(works: Sequence[_Work], told: Told) -> None:
    """Wait until workers say something, and hear it."""
    by_pipe = {work.pipe: work for work in works}
    for pipe in connection.wait(list(by_pipe)) if by_pipe else ():
        work = by_pipe[pipe]  # type: ignore[index]  # only what was given comes back
        try:
            said = work.pipe.recv()
        except EOFError:
            work.process.join()
            fault = f"{work.uri} ended its reader (exit code {work.process.exitcode}); nothing of it was taken."
            said = Selected(work.uri, Counter(), [], work.copies, fault=fault)
        if isinstance(said, Selected):
            work.process.join()
            work.selected = said
        else:
            told(*said)
