"""Articles to try a taxonomy on: a file's, the stored ones, or where there are none the recorded edition's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.outlets import OUTLETS
from crawlers.recorded.article import read_articles
from desk.postgres import Postgres
from desk.settings import DATABASE, Settings
from desk.steps.opened import opened
from processing.errors import PantauError
from processing.store import Connection, migrate, texts
from processing.topics.usage import Text

LOOK_BACK = timedelta(days=90)
"""How far back stored articles are looked through; of those whose text was let go before, none is."""
MOST = 10_000
"""Stored articles that are looked through, the newest: some 20 seconds' work, and 60 MB."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, and what they are in words."""

    name: str
    texts: tuple[Text, ...]


def corpus(settings: Settings, lines: Path | None, *, as_of: datetime) -> Corpus:
    """Give a file's articles (JSON lines in the form of `pantau judge`), else those stored of late, else the recorded ones."""
    if lines:
        return Corpus(lines.name, tuple(_text(line) for line in json_lines(lines)))
    with stored(settings) as connection:
        if connection and (rows := texts.recent(connection, since=as_of - LOOK_BACK, as_of=as_of, limit=MOST)):
            return Corpus("the stored articles of the last 90 days", tuple(Text(*row) for row in rows))
    articles = read_articles()
    return Corpus(
        "the recorded edition, as no articles are stored",
        tuple(
            Text(article.title, "\n".join(article.paragraphs), OUTLETS[article.outlet].languages[0])
            for article in articles
        ),
    )


@contextmanager
def stored(settings: Settings) -> Iterator[Connection | None]:
    """Give a connection to the desk's database, or nothing where the embedded one was never made."""
    if not settings.embedded:
        migrate(settings.database_url)
        with opened(settings) as connection:
            yield connection
        return
    if not Postgres(settings.home).data.is_dir():
        yield None
        return
    with Postgres(settings.home).borrowed() as server:
        migrate(server.ensure_database(DATABASE))
        with opened(settings) as connection:
            yield connection


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the objects of a file of JSON lines that have `id`, `title` and `text`; a PantauError names a line that has not."""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            line["id"], line["title"], line["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise PantauError(
                f"{path.name}, line {number}: not an article in the form of `pantau judge` (id, title, text): {error}."
            ) from error
        yield line


def _text(line: dict[str, Any]) -> Text:
    return Text(line["title"], line["text"], line.get("lang") or "")
