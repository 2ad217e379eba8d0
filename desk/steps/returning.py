"""What comes back by mail: bounces, complaints and unsubscribing mails are read, and each is filed when it was handled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import datetime

from desk.mail_sources import Incoming, mails_of
from desk.settings import Settings
from desk.steps.opened import load_settings
from processing.digest.incoming import Fate, handle
from processing.store import connect, told_when_lost


@dataclass(frozen=True, slots=True)
class MailRead:
    """What became of the mails that were read: counts by fate, and a line for each that was left."""

    counts: dict[str, int]
    left: tuple[str, ...]


def read_mail(*, as_of: datetime, source: str | None = None) -> MailRead:
    """Read the mails of a source (a file, an mbox, a Maildir, `-`), by default of the mailbox of the settings.

    Each is handled in a transaction of its own, then filed; one that was handled before the filing failed is handled again,
    which changes nothing. Without a source and a mailbox there is nothing to read. Raises PantauError where it cannot be had.
    """
    settings = load_settings()
    counts: Counter[str] = Counter()
    left = []
    with (
        _opened(settings, source) as mails,
        told_when_lost(settings.database_url),
        closing(connect(settings.database_url)) as connection,
    ):
        for mail in mails:
            with connection:
                handled = handle(connection, mail.message, as_of=as_of)
            counts[handled.fate] += 1
            if handled.fate is Fate.LEFT:
                left.append(f"{mail.name}: {handled.why}")
                mail.leave()
            else:
                mail.file()
    return MailRead(dict(sorted(counts.items())), tuple(left))


def _opened(settings: Settings, source: str | None) -> AbstractContextManager[Iterator[Incoming]]:
    if source is not None:
        return mails_of(source)
    return settings.mailbox.mails() if settings.mailbox else nullcontext(iter(()))
