"""An edition: everything a reader sees of one digest, as data; words and layout come when it is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A digest that comes again and again: a desk's topics, language, zone and hour."""

    name: str
    """Its key, lower-case letters, digits and hyphens: it stands in addresses and in List-ID."""
    title: str
    language: str = "id"
    """Of labels and dates: `id` or `en`."""
    timezone: str = "Asia/Jakarta"
    send_at: time = time(6)
    """In `timezone`."""
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    """ISO: Monday is 1."""
    topics: tuple[str, ...] = ()
    """Codes that its readers asked for; empty means all."""
    watched: tuple[str, ...] = ()
    """Ids of entities (places, forces, people) that its readers watch."""
    active: bool = True
    kind: str = "desk"
    """`desk`, or `personal`: made of readers' own choices, and listed in no archive."""
    id: int = 0
    """In the store; 0 for a series not yet kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article as a reader is sent to it. All text is plain, the link is https or None."""

    title: str
    url: str | None
    outlet: str
    """As people call it."""
    language: str
    state_media: bool = False


class Wording(StrEnum):
    """Whose words an extract is in."""

    OWN = "own"
    """The article's."""
    SHORTENED = "shortened"
    """A language model's, in the article's language; checked against the article's."""
    TRANSLATED = "translated"
    """A language model's, in the readers' language; checked against the article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """At most two sentences of an article: in its own words, unless `wording` says otherwise."""

    text: str
    source: Reference
    wording: Wording = Wording.OWN
    model: str = ""
    """The language model that worded it; empty of the article's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a story is here: `key` names the sentence, `values` fill it, `points` is what it adds to the weight."""

    key: str
    points: float
    values: Mapping[str, str | int] = field(default_factory=dict)


class Standing(StrEnum):
    """What a story is to the readers of a series."""

    NEW = "new"
    DEVELOPING = "developing"
    QUIET = "quiet"
    """Nothing new since the last edition, or nobody has told of it for three days: no edition tells it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A newsroom whose report several outlets pass on: they count as one."""

    source: str
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story as an edition tells it."""

    story: int
    standing: Standing
    headline: Reference
    summary: tuple[Extract, ...]
    """Of a new story its lead; of a developing story only what is new."""
    weight: int
    """1 to 5, the sum of the reasons' points."""
    reasons: tuple[Reason, ...]
    """All that the weight is made of."""
    topics: tuple[str, ...]
    """Labels, strongest first."""
    entities: tuple[str, ...]
    """Labels, most named first."""
    first_seen_at: datetime
    first_outlet: str
    origin: str | None
    """The source (Reuters) that all of its articles point to."""
    carriers: tuple[Reference, ...]
    """One article an outlet, oldest first."""
    newsrooms: int
    """Independent ones."""
    articles: int
    added: int
    """Articles that no earlier edition counted."""
    day: int
    """1 on the local day it was first seen."""
    outside: bool = False
    """Outside the series' topics, here for its weight."""
    keywords: tuple[str, ...] = ()
    """The terms that told its topic best."""
    folded: Folded | None = None
    """The newsroom that most outlets only pass on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A story that is told by its title alone."""

    story: int
    headline: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An article that earlier editions of the series showed, and that its outlet has corrected or withdrawn since."""

    kind: str
    """`corrected` or `withdrawn`."""
    headline: Reference
    """As it stands now; of a withdrawn article as it stood, without a link."""
    before: str
    """The headline that readers were shown."""
    note: str = ""
    """What changed, in the article's own words."""
    story: int | None = None


class ProblemKind(StrEnum):
    """What ails an outlet."""

    FAILED = "failed"
    """Its crawl ran into problems or broke off."""
    STOPPED = "stopped"
    """It was read, and by its own history should have published long ago."""
    SILENT = "silent"
    """It was read and gave no article, and there is no history to tell whether that is usual."""
    UNREAD = "unread"
    """No crawl of it came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletProblem:
    """An outlet that is not well; `usual` is its mean of articles a day where history tells."""

    outlet: str
    kind: ProblemKind
    articles: int = 0
    usual: float | None = None
    since: datetime | None = None
    """Of one that has stopped: when its last article was published."""
    sentences: tuple[str, ...] = ()
    """What the crawl said, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read for an edition, and from whom."""

    articles: int
    outlets: int
    healthy: int
    problems: tuple[OutletProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """Articles on a topic in the 24 hours before the cut-off; `usual` is the mean of the seven days before."""

    topic: str
    """Its label."""
    articles: int
    usual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierRow:
    """How many articles an outlet has on each of an edition's first stories, in their order."""

    outlet: str
    state_media: bool
    counts: tuple[int, ...]


class Condition(StrEnum):
    """What sort of day it was: `quiet` has no story to tell, `broken` was not read."""

    NORMAL = "normal"
    QUIET = "quiet"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One digest of a series, up to a cut-off."""

    series: Series
    cutoff: datetime
    previous_cutoff: datetime | None
    condition: Condition
    new: tuple[Card, ...]
    developing: tuple[Card, ...]
    also_seen: tuple[Mention, ...]
    new_count: int
    """New stories that were found, told or not."""
    developing_count: int
    coverage: Coverage
    trend: tuple[TrendLine, ...]
    carriers: tuple[CarrierRow, ...]
    topics: tuple[str, ...]
    """Labels of the series' topics; empty means all."""
    shown: Mapping[int, tuple[int, ...]]
    """Story to the articles of it that readers now know of."""
    main_topic: tuple[str, int] | None = None
    """The topic that is the first of most stories found, by its label, and of how many."""
    left_out: int = 0
    """Stories that were found but not told, not even by their title."""
    corrections: tuple[Correction, ...] = ()
    """What readers were told before and is not so: it stands at the top."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The stories told, in their order."""
        return self.new + self.developing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The parts of an edition's message; `edition` is what they tell, shortened where all of it would have been too large."""

    subject: str
    text: str
    html: str
    edition: Edition
