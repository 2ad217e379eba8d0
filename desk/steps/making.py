"""Making an edition: what the store knew at a cut-off, told for one series, and rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.crawling import enabled_outlets
from desk.steps.rewording import reworded
from processing.digest.corrections import corrections, displayed
from processing.digest.edition import build
from processing.digest.facts import Facts
from processing.digest.links import links
from processing.digest.render import render
from processing.digest.standing import FORGOTTEN_AFTER
from processing.model import Correction, Coverage, Edition, Rendered, Series, Story
from processing.store import Connection, coverage, editions, stories
from processing.store.corrections import changed
from processing.store.story_rows import collector_at_rest
from processing.topics.taxonomy import taxonomy

DAY = timedelta(days=1)
"""What an edition's figures look back on."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows at a cut-off; the same for all series that are due then."""

    cutoff: datetime
    stories: tuple[Story, ...]
    coverage: Coverage
    usual: dict[str, float] | None
    facts: Facts = field(default_factory=Facts)


def known_at(connection: Connection, cutoff: datetime) -> Known:
    """Read what was seen up to a cut-off."""
    return Known(
        cutoff=cutoff,
        stories=tuple(stories.alive(connection, cutoff - FORGOTTEN_AFTER, cutoff)),
        coverage=coverage.coverage(connection, enabled_outlets(), cutoff - DAY, cutoff),
        usual=coverage.usual_topics(connection, cutoff),
    )


def edition_of(connection: Connection, series: Series, known: Known) -> Edition:
    """Build a series' edition from what is known: the same store and cut-off give the same edition."""
    previous = editions.previous_cutoff(connection, series.id, known.cutoff)
    corrected = _corrections(connection, series, previous, known.cutoff) if previous else ()
    with collector_at_rest():
        return build(
            series,
            known.cutoff,
            previous,
            stories.for_series(connection, known.stories, series.id, known.cutoff),
            known.coverage,
            labels={code: topic.labels[series.language] for code, topic in taxonomy().topics.items()},
            usual=known.usual,
            corrections=corrected,
            facts=known.facts,
        )


def worded(edition: Edition, settings: Settings) -> Edition:
    """Give an edition as a language model words it, where the operator has set one up: once, when it is built."""
    return reworded(edition, settings, OUTLETS.values())


def rendered(edition: Edition, settings: Settings) -> Rendered:
    """Render an edition with the desk's addresses in it."""
    return render(edition, links(edition.series, edition.cutoff, sender=settings.sender, web_url=settings.web_url))


def _corrections(
    connection: Connection, series: Series, previous: datetime, cutoff: datetime
) -> tuple[Correction, ...]:
    found = changed(connection, series.id, since=previous, cutoff=cutoff)
    shown = [editions.load_by_id(connection, id_).edition for id_ in sorted({one.edition for one in found})]
    return corrections(found, displayed(sorted(shown, key=lambda edition: edition.cutoff)))
