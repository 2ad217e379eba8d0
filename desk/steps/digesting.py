"""The digest: editions that are due are built once, then mailed, each reader's exactly once."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.settings import Settings
from desk.steps.crawling import enabled_outlets
from desk.steps.opened import load_settings, opened
from processing.digest.delivery import send_waiting
from processing.digest.edition import build
from processing.digest.links import domain_of, links
from processing.digest.portrait import FORGOTTEN_AFTER
from processing.digest.render import render
from processing.errors import PantauError, SettingError
from processing.model import Edition, Rendered, Series
from processing.store import Connection, connect, coverage, deliveries, editions, stories
from processing.store.series import active_series, save_series
from processing.topics.taxonomy import taxonomy, taxonomy_hash

DESK = "desk"
"""The name of the desk's own series, made from the settings."""

DAY = timedelta(days=1)
"""What an edition's figures look back on."""


def build_editions(*, as_of: datetime, day: date | None = None) -> list[int]:
    """Build the editions that were last due at an instant, or on a day, and queue their mails; gives their ids.

    An edition that exists stays as it is, and no reader is queued for it twice.
    """
    settings = load_settings()
    built = []
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        for series in active_series(connection):
            cutoff = due_on(series, day) if day else last_due(series, as_of)
            stored = editions.load(connection, series.id, cutoff)
            if stored is None:
                rendered = _rendered(connection, series, cutoff, settings)
                stored, _ = editions.save(connection, rendered, built_by=f"topics-{taxonomy_hash()}")
                deliveries.enqueue(connection, stored.id, domain=domain_of(settings.sender))
            built.append(stored.id)
    return built


def preview(*, as_of: datetime, day: date | None = None) -> Rendered:
    """Render the desk's edition as it would be built; nothing is stored."""
    settings = load_settings()
    with opened(settings) as connection:
        known = {series.name: series for series in active_series(connection)}
        series = known.get(DESK, desk_series(settings))
        return _rendered(connection, series, due_on(series, day) if day else last_due(series, as_of), settings)


class MailWaits(PantauError):
    """Mails that the relay has put off; they stay in the outbox."""


def deliver(*, as_of: datetime) -> dict[str, int]:
    """Send what is due in the outbox; gives the deliveries counted by what became of them.

    Raises MailWaits, after sending what could be sent, while the relay puts mails off.
    """
    settings = load_settings()
    if settings.relay is None:
        raise SettingError("PANTAU_SMTP_URL is not set, so no digest can be sent: name the relay that takes our mail.")
    with closing(connect(settings.database_url)) as connection:
        sent = send_waiting(connection, settings.relay, as_of=as_of, sender=settings.sender, web_url=settings.web_url)
        waiting = deliveries.states(connection).get("queued", 0)
    if waiting:
        raise MailWaits(f"The relay has put off {waiting} mails; they wait in the outbox, so deliver again in a while.")
    return sent


def desk_series(settings: Settings) -> Series:
    """Give the desk's series as the settings have it."""
    return Series(
        name=DESK,
        title=settings.desk_name,
        language=settings.language,
        timezone=str(settings.timezone),
        send_at=settings.digest_at,
    )


def due_on(series: Series, day: date) -> datetime:
    """Give the instant at which a series is due on a day of its zone."""
    return datetime.combine(day, series.send_at, ZoneInfo(series.timezone))


def last_due(series: Series, as_of: datetime) -> datetime:
    """Give the latest instant, not after `as_of`, at which an edition of a series was due."""
    day = as_of.astimezone(ZoneInfo(series.timezone)).date()
    while due_on(series, day) > as_of or day.isoweekday() not in series.weekdays:
        day -= DAY
    return due_on(series, day)


def _rendered(connection: Connection, series: Series, cutoff: datetime, settings: Settings) -> Rendered:
    edition = _edition(connection, series, cutoff)
    return render(edition, links(series, cutoff, sender=settings.sender, web_url=settings.web_url))


def _edition(connection: Connection, series: Series, cutoff: datetime) -> Edition:
    """Build an edition from what the store knows up to its cut-off."""
    return build(
        series,
        cutoff,
        editions.previous_cutoff(connection, series.id, cutoff),
        stories.told(connection, cutoff - FORGOTTEN_AFTER, cutoff, series.id),
        coverage.coverage(connection, enabled_outlets(), cutoff - DAY, cutoff),
        labels={code: topic.labels[series.language] for code, topic in taxonomy().topics.items()},
        usual=coverage.usual_topics(connection, cutoff),
    )
