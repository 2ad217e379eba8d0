"""`pantau label`: a quick round of yes, no and topic on the most instructive articles, one key an answer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from desk.labels import FILE, Labels, labels_in, topic_counts
from desk.settings import Settings
from desk.steps.corpora import json_lines, stored
from desk.steps.labelling import Candidate, given_candidate, stored_candidates, to_ask
from desk.verbs.label_round import Round, Texts, keys_of_standard_input
from processing.errors import PantauError
from processing.store import texts

app = typer.Typer()
console = Console(highlight=False)


@app.command()
def label(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL]...", help="Ask about these stored articles: ones you missed, or did not want."),
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many articles.")] = 20,
    lang: Annotated[str, typer.Option(metavar="id|en", help="Only articles in this language.")] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="IN.jsonl", help="Ask about these (as `pantau judge` takes them).", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Label articles by yes, no and topic, one key an answer; `pantau topics train` learns from what you say."""
    if urls and file:
        raise PantauError("Name stored articles by their addresses, or give a --file; not both.")
    if lang not in {"", "id", "en"}:
        raise PantauError(f"--lang is {lang!r}, but should be id or en.")
    settings = Settings.load()
    with labels_in(settings.home.path / FILE) as labels:
        before = len(labels.held)
        asked, content = _named(settings, urls) if urls else _chosen(settings, file, labels, lang, count)
        with suppress(KeyboardInterrupt), keys_of_standard_input() as key:
            Round(labels, asked, content, key).go()
        console.print(
            f"\n{len(labels.held)} labels in {settings.home.path / FILE}, {len(labels.held) - before:+d} now.",
            markup=False,
            soft_wrap=True,
        )


def _named(settings: Settings, urls: list[str]) -> tuple[list[Candidate], Texts]:
    """Give the stored articles at these addresses, also labelled ones: a new answer corrects the old one."""
    now = datetime.now(UTC)
    with stored(settings) as connection:
        known = {one.url: one for one in stored_candidates(connection, as_of=now)} if connection else {}
        if missing := [url for url in urls if url not in known]:
            raise PantauError(
                f"No article of the last 90 days is stored with its text under {missing[0]}; `pantau search` finds addresses."
            )
        asked = [replace(known[url], chosen=True) for url in dict.fromkeys(urls)]
        return asked, texts.of(connection, [one.url for one in asked], as_of=now) if connection else {}


def _chosen(
    settings: Settings, file: Path | None, labels: Labels, lang: str, count: int
) -> tuple[list[Candidate], Texts]:
    """Give the articles to ask about, and their texts."""
    now = datetime.now(UTC)
    if file:
        lines = {str(line["id"]): line for line in json_lines(file)}
        fresh = [line for id_, line in lines.items() if id_ not in labels.held]
        judged = track(fresh, description="Judging", console=Console(stderr=True), transient=True)
        asked = _asked(map(given_candidate, judged), labels, lang, count)
        return asked, {one.id: (lines[one.id]["title"], lines[one.id]["text"]) for one in asked}
    with stored(settings) as connection:
        candidates = stored_candidates(connection, as_of=now) if connection else []
        asked = _asked(candidates, labels, lang, count)
        return asked, texts.of(connection, [one.url for one in asked], as_of=now) if connection else {}


def _asked(candidates: Iterable[Candidate], labels: Labels, lang: str, count: int) -> list[Candidate]:
    open_ = [one for one in candidates if one.id not in labels.held and lang in ("", one.lang)]
    if not open_:
        raise PantauError("There is no article to label: crawl and process some, or give some with --file.")
    return to_ask(open_, topic_counts(labels.held), count=count)
