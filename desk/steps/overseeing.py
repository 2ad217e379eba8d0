"""What the operator's pages show: the sources, an article's road, the fates of fetches, editions and deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.crawling import enabled_outlets
from processing.model import OutletProblem
from processing.store import Connection, connect, coverage, demotions, oversight, overview, tallies
from processing.topics import relevance
from processing.urls import canonical_url

DAY = timedelta(days=1)
PAGE = 50
"""Rows a page."""

Lookup = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet as the operator sees it; `problem` is None where it is well or off."""

    title: str
    name: str
    off: str | None
    """Why it is not read."""
    line: overview.OutletLine | None
    """None where nothing of it was ever read."""
    problem: OutletProblem | None
    demoted: tuple[demotions.Demotion, ...]


@dataclass(frozen=True, slots=True)
class Fates:
    """A page of runs, and of what was not kept."""

    outlet: str | None
    runs: list[tallies.RunLine]
    refusals: list[tallies.Refusal]


@dataclass(frozen=True, slots=True)
class Post:
    """Editions with their deliveries, deliveries in doubt, and readers counted by state."""

    editions: list[tallies.EditionLine]
    doubts: list[tallies.Doubt]
    readers: dict[str, int]
    web_url: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An address's road, and the sentence that answers why a digest does not have it."""

    url: str
    road: oversight.Road
    sentence: str
    threshold: float


@contextmanager
def desk(connection: Lookup | None) -> Iterator[tuple[Settings, Connection]]:
    """Give the settings and a connection that may only read; `connection` looks up Airflow's connections."""
    settings = Settings.load(connection=connection)
    opened = connect(settings.database_url)
    try:
        opened.set_session(readonly=True)
        yield settings, opened
    finally:
        opened.close()


def sources(*, as_of: datetime | None, connection: Lookup | None = None) -> tuple[datetime | None, list[Source]]:
    """Give all outlets, those in trouble first, as of an instant (by default that of the last run), and that instant."""
    enabled = enabled_outlets()
    with desk(connection) as (_, opened):
        as_of = as_of or tallies.last_run(opened)
        if as_of is None:
            return None, []
        lines = {line.title: line for line in overview.outlet_lines(opened)}
        found = coverage.coverage(opened, enabled, as_of - DAY, as_of)
        standing = demotions.standing(opened, as_of=as_of)
    problems = {problem.outlet: problem for problem in found.problems}
    listed = [
        Source(
            title=outlet.title,
            name=outlet.name,
            off=None if outlet.name in enabled else (outlet.switched_off or "PANTAU_OUTLETS does not name it"),
            line=lines.get(outlet.title),
            problem=problems.get(outlet.title),
            demoted=tuple(one for one in standing if one.outlet == outlet.name),
        )
        for outlet in OUTLETS.values()
    ]
    return as_of, sorted(listed, key=_trouble)


def _trouble(one: Source) -> tuple[object, ...]:
    """Sort what is in trouble first, what is off last."""
    return one.off is not None, one.problem is None, not one.demoted, one.title.lower()


def road(url: str, *, connection: Lookup | None = None) -> Answer:
    """Say what became of an address, and why no digest has it."""
    url = url.strip()
    with desk(connection) as (_, opened):
        found = oversight.road(opened, url, canonical_url(url))
    threshold = relevance().threshold
    return Answer(url=url, road=found, sentence=_sentence(found, threshold), threshold=threshold)


def _sentence(found: oversight.Road, threshold: float) -> str:
    """Answer in one sentence where the road ended."""
    if found.outlet is None:
        return _unstored(found)
    if found.shown:
        first = found.shown[-1]
        return f"It is in a digest: {first.series} showed it in story {first.story}."
    if not found.revisions:
        return "It was taken down here (`pantau forget`), and is not taken in again."
    if found.verdict is None:
        return "It is stored and waits to be judged."
    if not found.verdict.relevant:
        return f"It is not relevant: its score is {found.verdict.score:.2f}, and {threshold:.2f} is asked for."
    return _joined(found)


def _joined(found: oversight.Road) -> str:
    if found.story is None:
        return "It is relevant and waits to be joined to a story."
    if found.duplicate_of:
        return f"It is a copy of {found.duplicate_of}, and stands under that article in story {found.story}."
    return f"It is in story {found.story}, which no edition has shown yet: others weighed more, or the next is not due."


def _unstored(found: oversight.Road) -> str:
    if not found.fetches:
        return "It was never asked for: no feed or page of an outlet that we read has listed it."
    last = found.fetches[0]
    if last.fate is None:
        return "It was fetched and waits to be read."
    return f"It was fetched and not kept: {last.fate}{f' ({last.reason})' if last.reason else ''}."


def fates(outlet: str | None, page: int, *, connection: Lookup | None = None) -> Fates:
    """Give a page of runs and refusals, of one outlet or of all; pages count from 1."""
    place = {"limit": PAGE, "offset": PAGE * (page - 1)}
    with desk(connection) as (_, opened):
        return Fates(outlet, tallies.runs(opened, outlet, **place), tallies.refusals(opened, outlet, **place))


def post(page: int, *, connection: Lookup | None = None) -> Post:
    """Give a page of editions, and how the mail stands; no reader's address is in it."""
    with desk(connection) as (settings, opened):
        return Post(
            tallies.editions(opened, limit=PAGE, offset=PAGE * (page - 1)),
            tallies.doubts(opened, limit=PAGE),
            tallies.readers_by_state(opened),
            settings.web_url,
        )
