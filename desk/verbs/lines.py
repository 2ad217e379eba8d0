"""`pantau read`, `judge` and `group`: JSON lines in, JSON lines out, no database: useful to anyone, and how we are measured."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.outlets import OUTLETS, outlet_of
from processing import extraction, judging
from processing.errors import PantauError
from processing.model import Arrival, Page
from processing.stories import OPEN_FOR, Grouper, Redirects
from processing.stories.days import named_days

app = typer.Typer()

MONTHS = 12
NEAR = timedelta(days=2)
"""How near a day that a text names lies to the day it came out."""

NEEDED, OPTIONAL = {"url", "html", "file", "title", "text"}, {"date", "outlet", "lang"}
"""Fields that hold a text, where a line has them."""

Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes an answer of a line, or of an answer."""

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
def group(
    lines: Lines = None,
    *,
    at_once: Annotated[
        bool,
        typer.Option(
            "--at-once",
            help="Answer each line before the next is read; `merged` then names stories that are one with the article's.",
        ),
    ] = False,
) -> None:
    """Group articles into stories, in order of arrival: `id`, `title`, `text`, `date` in; `story` and `duplicate_of` out.

    Stories that begin apart may prove to be one later, so the answers come when all has been read.
    """
    grouper, now = Grouper(), Redirects()

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        verdict = judging.judge(line["title"], line["text"], languages=_languages(line))
        arrival = Arrival(
            id=str(line["id"]),
            title=line["title"],
            text=line["text"],
            at=given_date(line.get("date"), line["text"]),
            outlet=line.get("outlet") or "",
            language=line.get("lang") or verdict.language,
            entities=tuple(entity.id for entity in verdict.entities),
        )
        given = grouper.add(arrival)
        now.lead(given.merged, given.story)
        answered = {"id": line["id"], "story": given.story, "duplicate_of": given.duplicate_of}
        return answered | {"merged": given.merged} if at_once else answered

    def settled(answered: dict[str, Any]) -> dict[str, Any]:
        return answered | {"story": now[answered["story"]]} if "story" in answered else answered

    _answer(lines, answer, None if at_once else settled)


def _answer(lines: Path | None, answer: Answer, settled: Answer | None = None) -> None:
    """Answer each line; one that cannot be answered gets an `error` in its place, and the rest goes on.

    With `settled`, answers are kept until all lines were read, and then each is settled.
    """
    failed, kept = 0, []
    for number, text in _numbered(lines):
        line: dict[str, Any] = {}
        try:
            line = _object(text)
            _check(line)
            given = answer(line)
        except KeyError as missing:
            given = {"id": line.get("id"), "error": f"Line {number} has no {missing}."}
        except (ValueError, OSError, PantauError) as error:
            given = {"id": line.get("id"), "error": f"Line {number}: {error}"}
        failed += "error" in given
        if settled is None:
            _write(given)
        else:
            kept.append(given)
    for given in kept:
        _write(settled(given) if settled else given)
    if failed:
        sys.stderr.write(f"{failed} lines could not be answered; each says why under `error`.\n")
        raise typer.Exit(1)


def _object(text: str) -> dict[str, Any]:
    line = json.loads(text)
    if not isinstance(line, dict):
        raise ValueError("it is no JSON object.")  # noqa: TRY004 - told like any other fault of a line
    return line


def _check(line: dict[str, Any]) -> None:
    """Refuse a line whose texts are none; what may be left out may be null."""
    for field in line.keys() & (NEEDED | OPTIONAL):
        if not (isinstance(line[field], str) or (line[field] is None and field in OPTIONAL)):
            raise ValueError(f"{field} is {json.dumps(line[field])}, and should be a text in quotation marks.")


def _write(given: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(given, ensure_ascii=False) + "\n")


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


def given_date(given: str | None, text: str) -> datetime | None:
    """Read an ISO date or instant, or a day as 16/09/2019; one without a zone is UTC, anything else tells nothing.

    Some collections hold 2019-10-09 for 10 September: where the text names the one day in full and no day near the
    other, month and day are put right.
    """
    try:
        instant = datetime.fromisoformat(given or "")
    except ValueError:
        days, _ = named_days(given or "")
        return datetime.combine(days.pop(), time(), UTC) if len(days) == 1 else None
    named, _ = named_days(text)
    if instant.day <= MONTHS and named and all(abs(day - instant.date()) > OPEN_FOR for day in named):
        turned = instant.replace(month=instant.day, day=instant.month)
        if any(abs(day - turned.date()) <= NEAR for day in named):
            instant = turned
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
