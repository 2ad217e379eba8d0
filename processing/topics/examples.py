"""Labelled articles as training sees them: the truth, the signals, the words, and which event each is on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from processing.entities import find_entities
from processing.errors import PantauError
from processing.model.story import Arrival
from processing.phrases import vocabulary
from processing.stories import Grouper
from processing.topics.matching import evidence_in
from processing.topics.scoring import signals, subjects
from processing.topics.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from processing.entities import Findings

Row = dict[str, Any]
"""A line of a labels file: id, lang, title, text; relevant (or an outlet's author_label), topics, unsure, event_group, date."""
SECTION_WEIGHT: Final = 0.5
"""What an article counts for that is ours by its section alone; about one in thirty of those is not (docs/topics.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled article; `language` is its vocabulary (id, en or any), `event` is the same for all on one event."""

    id: str
    language: str
    event: str
    signals: Mapping[str, float]
    words: frozenset[str]
    truth: bool
    weight: float


def read_labels(paths: Iterable[Path]) -> list[Row]:
    """Return the lines of label files; one of an id that was there before corrects it, and need not repeat its text."""
    rows: dict[str, Row] = {}
    for path in paths:
        if not path.is_file():
            raise PantauError(
                f"There are no labels in {path}; `pantau label` makes them, or name a file with --labels."
            )
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                known = rows.get(row["id"], {}) | row
            except (ValueError, TypeError, KeyError) as error:
                raise PantauError(
                    f"Line {number} of {path} is no label: a JSON object with an id is wanted."
                ) from error
            if missing := {"lang", "title", "text"} - known.keys():
                raise PantauError(f"Line {number} of {path} has no {', '.join(sorted(missing))}.")
            rows[row["id"]] = known
    return list(rows.values())


def truth_of(row: Row) -> tuple[bool, float] | None:
    """Return whether an article is relevant and what that label weighs; None where nobody can say."""
    if row.get("unsure"):
        return None
    if row.get("relevant") is not None:
        return bool(row["relevant"]), 1.0
    told = {"relevant": (True, SECTION_WEIGHT), "irrelevant": (False, 1.0)}
    return told.get(row.get("author_label", ""))


def examples_of(rows: Sequence[Row], *, unknown: bool = False) -> list[Example]:
    """Return the articles whose truth is known, in order of id, so that training gives the same bytes again.

    With `unknown`, the others too, at no weight: to be scored, not learnt from.
    """
    findings = {row["id"]: find_entities(row["title"], row["text"], row["lang"]) for row in rows}
    events = events_of(rows, findings)
    evidence = {row["id"]: evidence_in(row["title"], row["text"], row["lang"]) for row in rows}
    return [
        Example(
            id=row["id"],
            language=vocabulary(row["lang"]),
            event=events[row["id"]],
            signals=signals(evidence[row["id"]], findings[row["id"]], len(row["text"])) | subjects(evidence[row["id"]]),
            words=words_in(row["title"], row["text"]),
            truth=told[0],
            weight=told[1],
        )
        for row in sorted(rows, key=lambda row: str(row["id"]))
        if (told := truth_of(row) or ((False, 0.0) if unknown else None))
    ]


def events_of(rows: Sequence[Row], findings: Mapping[str, Findings]) -> dict[str, str]:
    """Return a name of each article's event: those of one event_group are one event, and those that make one story."""
    grouper, leaders = Grouper(), dict[str, str]()
    for row in sorted(rows, key=lambda row: (str(row.get("date")), str(row["id"]))):
        arrival = Arrival(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            at=_instant(row.get("date")),
            language=row["lang"],
            entities=tuple(entity.id for entity in findings[row["id"]].entities),
        )
        story = f"story {grouper.add(arrival).story}"
        leaders[_leader(leaders, row["id"])] = _leader(leaders, story)
        if group := row.get("event_group"):
            leaders[_leader(leaders, story)] = _leader(leaders, f"group {group}")
    return {row["id"]: _leader(leaders, row["id"]) for row in rows}


def _leader(leaders: dict[str, str], name: str) -> str:
    """Follow a name to the one that stands for all it was joined with."""
    while leaders.setdefault(name, name) != name:
        name = leaders[name]
    return name


def _instant(text: str | None) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
