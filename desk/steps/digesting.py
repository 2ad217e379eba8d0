"""The digest: editions that are due are built once, and their mails queued, each reader's exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk.settings import Settings
from desk.steps.due import GRACE, due_now, due_on, last_due, what_comes
from desk.steps.making import Known, edition_of, known_at, rendered, worded
from desk.steps.opened import load_settings, opened
from processing.digest.links import domain_of
from processing.errors import PantauError
from processing.model import Rendered, Series
from processing.store import Connection, deliveries, editions, readers
from processing.store.editions import StoredEdition
from processing.store.series import DESK, active_series, by_name, save_series
from processing.topics.taxonomy import taxonomy_hash

log = logging.getLogger(__name__)


class NothingDue(PantauError):
    """No series is due, and no mail waits: a tick that is done."""


class NotBuilt(PantauError):
    """Editions that could not be built; the others were."""


def serve(*, as_of: datetime, now: datetime | None = None) -> dict[str, int]:
    """Build the editions that are due at an instant and are not built yet; gives how many mails each queued, by its name.

    An edition is built once, whoever else is at it, and one that fails keeps none of the others back. Mails are queued
    unless an edition is later at `now` (`as_of` by default) than the grace: a tick that is cleared days later mails nobody.
    Raises NothingDue where there is nothing to do and nothing to send, NotBuilt after building what could be built.
    """
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        readers.wake(connection, as_of=as_of)
        known = active_series(connection)
        due = due_now(connection, known, as_of)
        if not due and not deliveries.states(connection).get("queued"):
            raise NothingDue(what_comes(known, as_of))
    served, failed = {}, []
    for series, cutoff, read in _with_what_is_known(due):
        name = f"{series.name} {cutoff:%Y-%m-%d %H:%M %Z}"
        try:
            _, queued = _build(settings, series, cutoff, read, mail=(now or as_of) - cutoff <= GRACE)
        except Exception as error:
            log.exception("The edition %s could not be built.", name)
            failed.append(f"{name} ({type(error).__name__}: {error})")
        else:
            served[name] = queued
    if failed:
        raise NotBuilt(f"{len(failed)} of {len(due)} editions could not be built: {'; '.join(failed)}.")
    return served


def build_editions(
    *, as_of: datetime, day: date | None = None, series: str | None = None, mail: bool = False
) -> list[int]:
    """Build by hand the editions that were last due at an instant, or on a day, of all series or one; gives their ids.

    An edition that exists stays as it is. Nobody is mailed unless told so; then every reader who has not had it is, once.
    Raises PantauError for a series that there is not, and for a day whose edition is still to come.
    """
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        chosen = [_series(connection, settings, series)] if series else active_series(connection)
        due = [(one, _cutoff(connection, one, as_of, day)) for one in chosen]
    return [_build(settings, one, cutoff, read, mail=mail)[0] for one, cutoff, read in _with_what_is_known(due)]


def preview(*, as_of: datetime, day: date | None = None, series: str = DESK) -> Rendered:
    """Render a series' edition as it would be built, the desk's by default; nothing is stored."""
    settings = load_settings()
    with opened(settings) as connection:
        one = by_name(connection, DESK) or desk_series(settings)
        if series != DESK:
            one = _series(connection, settings, series)
        cutoff = due_on(one, day) if day else last_due(one, as_of)
        return rendered(worded(edition_of(connection, one, known_at(connection, cutoff)), settings), settings)


def stored_edition(*, as_of: datetime, day: date | None = None, series: str = DESK) -> StoredEdition:
    """Give the edition of a series that was last due at an instant, or on a day of its zone, as it was stored.

    Raises PantauError where none was built.
    """
    settings = load_settings()
    with opened(settings) as connection:
        return _stored(connection, _series(connection, settings, series), as_of, day)


def rerender(*, as_of: datetime, day: date | None = None, series: str = DESK) -> StoredEdition:
    """Render a stored edition anew from what it told, put the parts in the place of the stored ones, and give it.

    Nothing is built and nobody is mailed; mails of it that still wait go out with the new parts.
    """
    settings = load_settings()
    with opened(settings) as connection:
        stored = _stored(connection, _series(connection, settings, series), as_of, day)
        editions.rerender(connection, stored.id, rendered(stored.edition, settings), as_of=as_of)
        return editions.load_by_id(connection, stored.id)


def _with_what_is_known(
    due: Sequence[tuple[Series, datetime]],
) -> Iterator[tuple[Series, datetime, Callable[[Connection], Known]]]:
    """Give what is due, oldest first, each with what reads its cut-off from the store: once for all that share it."""
    held: list[Known] = []
    for series, cutoff in sorted(due, key=lambda pair: (pair[1], pair[0].name)):

        def read(connection: Connection, cutoff: datetime = cutoff) -> Known:
            if not held or held[0].cutoff != cutoff:
                held[:] = [known_at(connection, cutoff)]
            return held[0]

        yield series, cutoff, read


def _build(
    settings: Settings, series: Series, cutoff: datetime, read: Callable[[Connection], Known], *, mail: bool
) -> tuple[int, int]:
    """Build an edition unless it exists, and queue its mails in the same transaction; gives its id and how many."""
    with opened(settings) as connection:
        editions.lock(connection, series.id)
        stored = editions.load(connection, series.id, cutoff)
        if stored is None:
            edition = worded(edition_of(connection, series, read(connection)), settings)
            parts = rendered(edition, settings)
            stored, _ = editions.save(connection, parts, built_by=f"topics-{taxonomy_hash()}")
        queued = deliveries.enqueue(connection, stored.id, domain=domain_of(settings.sender)) if mail else 0
        return stored.id, queued


def _series(connection: Connection, settings: Settings, name: str) -> Series:
    found = save_series(connection, desk_series(settings)) if name == DESK else by_name(connection, name)
    if found is None:
        raise PantauError(f"There is no series {name!r}; `pantau series list` names those that there are.")
    return found


def _cutoff(connection: Connection, series: Series, as_of: datetime, day: date | None) -> datetime:
    """Give the cut-off of a day's edition: that of the one that was built then, whatever hour the series has by now."""
    if day is None:
        return last_due(series, as_of)
    if built := _of_day(connection, series, day):
        return built.edition.cutoff
    cutoff = due_on(series, day)
    if cutoff > as_of:
        raise PantauError(
            f"The edition of {series.name} for {day} is due at {cutoff:%H:%M %Z}, which is still to come."
        )
    return cutoff


def _stored(connection: Connection, series: Series, as_of: datetime, day: date | None) -> StoredEdition:
    found = _of_day(connection, series, day) if day else editions.latest(connection, series.id, as_of)
    if found is None:
        when = f"for {day}" if day else "by then"
        raise PantauError(
            f"No edition of {series.name} was built {when}; `pantau digest --series {series.name} --date DAY` builds one."
        )
    return found


def _of_day(connection: Connection, series: Series, day: date) -> StoredEdition | None:
    begin, end = (datetime.combine(on, time(), ZoneInfo(series.timezone)) for on in (day, day + timedelta(days=1)))
    return editions.between(connection, series.id, begin, end)


def desk_series(settings: Settings) -> Series:
    """Give the desk's series as the settings have it."""
    return Series(
        name=DESK,
        title=settings.desk_name,
        language=settings.language,
        timezone=str(settings.timezone),
        send_at=settings.digest_at,
    )
