"""The labelled sets of stories, each as articles in order with the story of each; and what stories come out of them.

`indonesian.jsonl`, `ecbplus.jsonl` and `crosslingual.jsonl` stand in a folder of their own (`--data`), the invented stories
(`own_stories_*.jsonl`) beside this file: affairs of several days in both languages, in which each story is told to be confused
with the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desk.verbs.lines import given_date
from processing import judging
from processing.model import Arrival

INVENTED = tuple(Path(__file__).with_name(f"own_stories_{part}.jsonl") for part in "ab")
LANGUAGES = ("id", "en")

VERY_LARGE = {"ARAMCO", "HABIBIE"}
"""Two Indonesian stories of a hundred articles and more: every figure over pairs is theirs where they are in."""


@dataclass(frozen=True)
class Labelled:
    """Articles in order, and the gold story of each by its id."""

    name: str
    coming: list[Arrival]
    gold: dict[str, str]

    def part(self, stories: Iterable[str], name: str) -> Labelled:
        """Give the articles of some stories alone."""
        kept = set(stories)
        gold = {id_: story for id_, story in self.gold.items() if story in kept}
        return Labelled(name, [one for one in self.coming if one.id in gold], gold)


def ecbplus(folder: Path) -> Labelled:
    """Read the English articles: 28 stories in pairs that are easily confused, without a date."""
    return _labelled("ecbplus", loaded(folder / "ecbplus.jsonl"), "en")


def indonesian(folder: Path, *, dated: bool = False) -> tuple[Labelled, Labelled]:
    """Read the Indonesian articles, those of the very large stories left out, and all."""
    rows, name = loaded(folder / "indonesian.jsonl"), "indonesian, dated" if dated else "indonesian"
    every = _labelled(
        f"{name}, with the very large" if dated else f"{name} with the very large", rows, "id", dated=dated
    )
    return every.part(set(every.gold.values()) - VERY_LARGE, name), every


def crosslingual(folder: Path) -> Labelled:
    """Read the articles in both languages, with the dates that they have."""
    return _labelled("both languages", loaded(folder / "crosslingual.jsonl"), dated=True)


def invented(path: Path) -> list[Labelled]:
    """Read a file of invented stories, those of each language alone, with their dates."""
    rows = loaded(path)
    return [
        _labelled(f"{path.stem}, {language}", [row for row in rows if row["lang"] == language], dated=True)
        for language in LANGUAGES
    ]


def invented_together() -> Labelled:
    """Read all invented stories, in both languages, with their dates."""
    return _labelled("invented", [row for path in INVENTED for row in loaded(path)], dated=True)


def loaded(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def arrivals(rows: list[dict[str, Any]], language: str = "", *, dated: bool = False) -> list[Arrival]:
    """Judge a set's articles; `dated` gives them their dates as `pantau group` reads them, which most sets lack or have wrong."""
    return [
        Arrival(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            at=given_date(row.get("date"), row["text"]) if dated else None,
            language=row.get("lang") or language,
            entities=_entities(row["title"], row["text"], row.get("lang") or language),
        )
        for row in rows
    ]


@cache
def _entities(title: str, text: str, language: str) -> tuple[str, ...]:
    """Judge an article once a run, in however many sets it is: this is most of what loading costs."""
    return tuple(entity.id for entity in judging.judge(title, text, languages=(language,)).entities)


def _labelled(name: str, rows: list[dict[str, Any]], language: str = "", *, dated: bool = False) -> Labelled:
    return Labelled(name, arrivals(rows, language, dated=dated), {row["id"]: row["story"] for row in rows})
