"""What an article is about, and why we say so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A term that spoke for a topic, and where it stood (`title`, `lead`, `body`)."""

    term: str
    place: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic with its score in 0 to 1 and the matches behind it; a finer topic names its parent."""

    topic: str
    parent: str | None
    score: float
    evidence: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Something named: `id` is an ISO 3166-1 code for a country, a slug otherwise."""

    id: str
    kind: str
    """country, person, organisation, force, weapon, vessel or place."""
    label: str
    """As an English reader knows it; labels in other languages are in the gazetteer."""
    mentions: int
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source that an article rests on, with the words that say so."""

    source: str
    """Its usual name: Reuters, The New York Times."""
    evidence: str
    wire_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one revision, and what judged it (`judged_by`: rules and taxonomy version)."""

    language: str
    """BCP 47 primary tag, `und` where the text is too short to tell."""
    relevant: bool
    score: float
    """Relevance in 0 to 1."""
    topics: tuple[TopicTag, ...]
    entities: tuple[Entity, ...]
    sources: tuple[Attribution, ...]
    judged_by: str
