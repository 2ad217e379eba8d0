"""Alerts: a story that weighs enough for a reader, or that a saved search finds, is mailed at once, within its bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from desk.settings import Settings
from desk.steps.opened import load_settings, opened
from processing.digest.alert import Alert, render_alert
from processing.digest.edition import card
from processing.digest.facts import Facts
from processing.digest.figures import jumps, topic_counts
from processing.digest.links import domain_of, letter_links
from processing.digest.portrait import portrait
from processing.digest.ranking import weight
from processing.digest.standing import standpoint
from processing.errors import PantauError
from processing.model import Series, Standpoint, Story
from processing.store import Connection, alerting, alerts, coverage, letters, stories
from processing.store.alerts import Wishes
from processing.topics.taxonomy import taxonomy

DAY = timedelta(days=1)

FRESH = timedelta(hours=12)
"""How long after a story was first seen it is still worth an alert: a night's quiet hours and some; then the digest has it."""


def send_alerts(*, as_of: datetime) -> dict[str, int]:
    """Write the alerts that are due, each with its mail in the outbox, in one transaction.

    Counts those `written`, those `held` until quiet hours end, and those `over` a reader's number a day. Never the same
    story twice to one reader, whatever it was merged into, nor one that an edition has told the reader of.
    """
    settings = load_settings()
    counts = Counter(written=0, held=0, over=0)
    with opened(settings) as connection:
        alerting.lock(connection)
        if watchers := alerts.watchers(connection):
            news = News.read(connection, as_of)
            for reader in watchers:
                counts.update(_serve(connection, reader, news, settings))
    return dict(counts)


@dataclass(frozen=True, slots=True)
class News:
    """What was first seen lately, weighed once for all readers who see it alike."""

    at: datetime
    fresh: tuple[Story, ...]
    jumped: frozenset[str]
    find: Callable[[str], set[int]]
    """Gives the stories that words find."""
    _weighed: dict[tuple[Series, int], Standpoint] = field(default_factory=dict)
    _facts: Facts = field(default_factory=Facts)

    @classmethod
    def read(cls, connection: Connection, at: datetime) -> News:
        """Read the stories of the last day, and keep those that are fresh."""
        known = stories.alive(connection, at - DAY, at)
        usual = coverage.usual_topics(connection, at)

        @cache
        def find(words: str) -> set[int]:
            try:
                return alerting.matching(connection, words, since=at - FRESH, as_of=at)
            except PantauError:  # words that were searchable when they were saved
                return set()

        fresh = tuple(story for story in known if story.first_seen_at > at - FRESH)
        return cls(at, fresh, jumps(topic_counts(known, at), usual), find)

    def weighed(self, story: Story, series: Series) -> Standpoint:
        """Say what a story weighs for those who see it as this series does."""
        key = series, story.id
        if key not in self._weighed:
            self._weighed[key] = standpoint(
                story,
                series,
                self.at,
                None,
                labels=_labels(series.language),
                jumped=self.jumped,
                facts=self._facts,
            )
        return self._weighed[key]


def is_quiet(reader: Wishes, at: datetime) -> bool:
    """Tell whether it is a quiet hour for a reader; two equal ends leave none."""
    now = at.astimezone(ZoneInfo(reader.timezone)).time()
    begin, end = reader.quiet_from, reader.quiet_until
    return begin <= now < end if begin < end else begin != end and (now >= begin or now < end)


def _serve(connection: Connection, reader: Wishes, news: News, settings: Settings) -> Counter[str]:
    """Write what one reader is due, the weightiest first."""
    series = _series(reader)
    wanted = _wanted(reader, series, news, alerting.told(connection, reader.reader, news.at - FRESH))
    if is_quiet(reader, news.at):
        return Counter(held=len(wanted))
    left = max(0, reader.a_day - alerting.sent_since(connection, reader.reader, _midnight(reader, news.at)))
    written = sum(
        _write(connection, reader, series, stands, searches, news.at, settings) for stands, searches in wanted[:left]
    )
    return Counter(written=written, over=len(wanted[left:]))


def _wanted(reader: Wishes, series: Series, news: News, told: set[int]) -> list[tuple[Standpoint, tuple[str, ...]]]:
    """Give the stories a reader wants and does not know, the weightiest first, with the searches that found each."""
    wanted = []
    for story in news.fresh:
        searches = tuple(search.words for search in reader.searches if story.id in news.find(search.words))
        if story.id in told or not (searches or reader.weight):
            continue
        stands = news.weighed(story, series)
        if searches or weight(stands.reasons) >= (reader.weight or 0):
            wanted.append((stands, searches))
    return sorted(wanted, key=lambda one: (-weight(one[0].reasons), one[0].story.first_seen_at, one[0].story.id))


def _write(
    connection: Connection,
    reader: Wishes,
    series: Series,
    stands: Standpoint,
    searches: Sequence[str],
    at: datetime,
    settings: Settings,
) -> bool:
    """Write one alert: the letter, its delivery and what it was for."""
    alert = Alert(
        card=card(portrait(stands, series, labels=_labels(series.language)), series, at),
        series=series,
        at=at,
        searches=tuple(searches),
        threshold=reader.weight,
        a_day=reader.a_day,
        quiet=reader.quiet_from != reader.quiet_until,
    )
    parts = render_alert(alert, letter_links(sender=settings.sender, web_url=settings.web_url))
    story = stands.story.id
    letter = letters.Letter(
        reader=reader.reader,
        kind="alert",
        key=f"alert story {story} reader {reader.reader}",
        language=series.language,
        subject=parts.subject,
        text=parts.text,
        html=parts.html,
    )
    id_ = letters.write(connection, letter, domain=domain_of(settings.sender), as_of=at)
    if id_ is not None:
        alerting.record(connection, reader.reader, story, id_, as_of=at)
    return id_ is not None


def _series(reader: Wishes) -> Series:
    """Give how a reader sees stories: by what all of its digests ask for."""
    return Series(
        name="alerts",
        title="",
        language=reader.language,
        timezone=reader.timezone,
        topics=reader.topics,
        watched=reader.watched,
    )


def _midnight(reader: Wishes, at: datetime) -> datetime:
    return datetime.combine(at.astimezone(ZoneInfo(reader.timezone)).date(), time(), ZoneInfo(reader.timezone))


def _labels(language: str) -> dict[str, str]:
    return {code: topic.labels[language] for code, topic in taxonomy().topics.items()}
