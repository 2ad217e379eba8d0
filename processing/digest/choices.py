"""What may be chosen: a choice is checked before it is kept, against the taxonomy and the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from processing.digest.words import LANGUAGES
from processing.entities.countries import countries
from processing.entities.entries import entries
from processing.entities.labels import label_in
from processing.errors import PantauError
from processing.store.readers import Choice
from processing.topics.taxonomy import taxonomy

SUGGESTED = 3


def checked(choice: Choice) -> Choice:
    """Give a choice back if all of it is known; a PantauError names the first part that is not, and what is like it.

    Whether its desks are there, the store tells.
    """
    if choice.language not in LANGUAGES:
        raise PantauError(f"There is no digest in {choice.language!r}; take {' or '.join(LANGUAGES)}.")
    zone(choice.timezone)
    if not choice.weekdays or not set(choice.weekdays) <= set(range(1, 8)):
        raise PantauError("A digest needs a day of the week to come on, Monday (1) to Sunday (7).")
    for topic in choice.topics:
        if topic not in taxonomy().topics:
            raise PantauError(f"There is no topic {topic!r}; {_suggestion(topic, _topics())}")
    for entity in choice.watched:
        if entity not in _entities():
            raise PantauError(f"There is no entity {entity!r} to watch; {_suggestion(entity, _entities())}")
    return choice


def zone(name: str) -> ZoneInfo:
    """Give a time zone by its IANA name; raises PantauError where there is none."""
    if name not in _zones():
        near = get_close_matches(name, _zones(), SUGGESTED)
        raise PantauError(
            f"{name!r} is no time zone; "
            + (f"did you mean {' or '.join(near)}?" if near else "take an IANA name such as Asia/Jakarta.")
        )
    return ZoneInfo(name)


def topic_labels(choice: Choice) -> list[str]:
    """Give the labels of a choice's topics in its language; one that the taxonomy has no longer is left out."""
    known = taxonomy().topics
    return [known[topic].labels[choice.language] for topic in choice.topics if topic in known]


def entity_labels(choice: Choice) -> list[str]:
    """Give the labels of what a choice watches in its language; of one that the gazetteer has no longer, the id."""
    return [label_in(choice.language, entity) or entity for entity in choice.watched]


@cache
def _zones() -> frozenset[str]:
    """Give the names of all zones; to ask for them reads hundreds of files."""
    return frozenset(available_timezones())


def _topics() -> dict[str, Iterable[str]]:
    return {code: topic.labels.values() for code, topic in taxonomy().topics.items()}


@cache
def _entities() -> dict[str, Iterable[str]]:
    return {entry.id: entry.labels.values() for entry in (*countries(), *entries())}


def _suggestion(wrong: str, known: dict[str, Iterable[str]]) -> str:
    """Say what was meant perhaps: codes and labels are compared."""
    codes = {name.lower(): code for code, labels in known.items() for name in (code, *labels)}
    near = get_close_matches(wrong.lower().replace("_", " "), codes, SUGGESTED) or [
        name for name in codes if wrong.lower() in name
    ]
    found = list(dict.fromkeys(codes[name] for name in near))[:SUGGESTED]
    return f"did you mean {' or '.join(found)}?" if found else "`pantau topics` and docs/readers.md say what there is."
