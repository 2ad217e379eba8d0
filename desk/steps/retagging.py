"""Retagging: what other rules have judged is judged anew, the oldest first, a batch a transaction.

A run that is killed loses the batch it was at; the next finds what is left by itself.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from crawlers.outlets import OUTLETS
from desk.steps.opened import load_settings, opened
from processing import judging
from processing.model import Judgement
from processing.store import Connection, retagging
from processing.store.retagging import Stale

BATCH = 200
"""Revisions a transaction: about a second's work (300 articles a CPU second), so a kill loses no more."""

log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
"""Is told how many of how many are done."""


def _log(done: int, of: int) -> None:
    log.info("%d of %d judged anew", done, of)


def retag(
    *, as_of: datetime, since: datetime | None = None, dry_run: bool = False, tell: Tell = _log
) -> dict[str, int]:
    """Judge anew what was seen from `since` up to an instant and carries another judge's verdict.

    Gives how many were `judged`, and of them how many are now `relevant`, `irrelevant` (and were not so before) or have
    other topics (`retagged`). A dry run judges all the same and writes nothing. Editions are not touched.
    """
    settings = load_settings()
    with opened(settings) as connection:
        waiting = retagging.stale(connection, judging.JUDGE, as_of=as_of, since=since)
    counts = Counter[str](judged=0, relevant=0, irrelevant=0, retagged=0)
    for at in range(0, len(waiting), BATCH):
        with opened(settings) as connection:
            counts.update(_batch(connection, waiting[at : at + BATCH], dry_run=dry_run))
        tell(min(at + BATCH, len(waiting)), len(waiting))
    return dict(counts)


def _batch(connection: Connection, revisions: list[int], *, dry_run: bool) -> Iterable[str]:
    """Judge one batch; gives what became of each revision."""
    fates = []
    for one in retagging.take(connection, revisions, judging.JUDGE):
        verdict = _verdict(one)
        if not dry_run:
            retagging.renew(connection, one.revision, verdict)
        fates += ["judged", *_changed(one, verdict)]
    return fates


def _verdict(one: Stale) -> Judgement:
    """Judge a revision as its outlet is declared today, or was when it was last declared."""
    declared = OUTLETS.get(one.outlet)
    languages = declared.languages if declared else one.languages
    return judging.judge(one.title, one.text, outlet=one.outlet_title, languages=languages)


def _changed(before: Stale, now: Judgement) -> list[str]:
    """Say what is different of a verdict, if anything is."""
    if before.relevant != now.relevant:
        return ["relevant" if now.relevant else "irrelevant"]
    return ["retagged"] if before.topics != {tag.topic for tag in now.topics} else []
