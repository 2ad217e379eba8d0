"""`pantau read`, `judge` and `group`: JSON lines in, JSON lines out, no database: useful to anyone, and how we are measured."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.outlets import OUTLETS, outlet_of
from processing import extraction, judging
from processing.errors import PantauError
from processing.model import Arrival, Page
from processing.stories import OPEN_FOR, Grouper
from processing.stories.days import named_days

app = typer.Typer()

MONTHS = 12
NEAR = timedelta(days=2)
"""How near a day that a text names lies to the day it came out."""

Lines = Annotated[Path | None, typer.Argument(help="A file of JSON lines; standard input by default.", exists=True)]


@app.command()
def read(lines: Lines = None) -> None:
    """Read pages: `id`, `url`, and `html` or `file` (gzip allowed) in; title, body, date and the rest of an article out."""
    folder = lines.parent if lines else Path()
    now = datetime.now(UTC)

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        page = Page(url=line["url"], content=_content(line, folder))
        return extraction.as_line(extraction.read_pages([page], outlet_of(page.url), as_of=now), line["id"])

    _answer(lines, answer)


@app.command()
def judge(lines: Lines = None) -> None:
    """Judge articles: `id`, `title`, `text`, optional `outlet` and `lang` in; language, topics, entities and sources out."""

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        verdict = judging.judge(
            line["title"], line["text"], languages=_languages(line), outlet=line.get("outlet") or ""
        )
        return judging.as_line(verdict, line["id"])

    _answer(lines, answer)


@app.command()
def group(lines: Lines = None) -> None:
    """Group articles into stories, in order of arrival: `id`, `title`, `text`, `date` in; `story` and `duplicate_of` out."""
    grouper = Grouper()

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        verdict = judging.judge(line["title"], line["text"], languages=_languages(line))
        arrival = Arrival(
            id=str(line["id"]),
            title=line["title"],
            text=line["text"],
            at=_date(line.get("date"), line["text"]),
            outlet=line.get("outlet") or "",
            language=line.get("lang") or verdict.language,
            entities=tuple(entity.id for entity in verdict.entities),
        )
        assignment = grouper.add(arrival)
        return {"id": line["id"], "story": assignment.story, "duplicate_of": assignment.duplicate_of}

    _answer(lines, answer)


def _answer(lines: Path | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each line; one that cannot be answered gets an `error` in its place, and the rest goes on."""
    failed = 0
    for number, text in _numbered(lines):
        line: dict[str, Any] = {}
        try:
            line = json.loads(text)
            given = answer(line)
        except KeyError as missing:
            given = {"id": line.get("id"), "error": f"Line {number} has no {missing}."}
        except (ValueError, OSError, PantauError) as error:
            given = {"id": line.get("id"), "error": f"Line {number}: {error}"}
        failed += "error" in given
        sys.stdout.write(json.dumps(given, ensure_ascii=False) + "\n")
    if failed:
        sys.stderr.write(f"{failed} lines could not be answered; each says why under `error`.\n")
        raise typer.Exit(1)


def _numbered(lines: Path | None) -> Iterator[tuple[int, str]]:
    with lines.open(encoding="utf-8") if lines else sys.stdin as stream:
        yield from ((number, text) for number, text in enumerate(stream, 1) if text.strip())


def _content(line: dict[str, Any], folder: Path) -> bytes:
    """Give a page's bytes: the text of `html`, or what `file` holds, unpacked."""
    if "html" in line:
        return str(line["html"]).encode()
    content = (folder / line["file"]).read_bytes()
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _languages(line: dict[str, Any]) -> tuple[str, ...]:
    """Give the languages to expect: the line's own, or its outlet's."""
    if line.get("lang"):
        return (line["lang"],)
    outlet = OUTLETS.get(line.get("outlet") or "")
    return outlet.languages if outlet else ()


def _date(given: str | None, text: str) -> datetime | None:
    """Read an ISO date or instant; one without a zone is UTC, anything else tells nothing.

    Some collections hold 2019-10-09 for 10 September: where the text names the one day in full and no day near the
    other, month and day are put right.
    """
    try:
        instant = datetime.fromisoformat(given or "")
    except ValueError:
        return None
    named, _ = named_days(text)
    if instant.day <= MONTHS and named and all(abs(day - instant.date()) > OPEN_FOR for day in named):
        turned = instant.replace(month=instant.day, day=instant.month)
        if any(abs(day - turned.date()) <= NEAR for day in named):
            instant = turned
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
