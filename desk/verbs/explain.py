"""`pantau explain`: why an article is relevant or not, and why it has its topics."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from crawlers.outlets import OUTLETS
from desk.steps.opened import opened
from desk.steps.retaining import text_gone
from desk.verbs.at_desk import at_desk
from processing import judging
from processing.errors import PantauError
from processing.judging import Reading
from processing.model.judgement import Match
from processing.phrases import vocabulary
from processing.store import articles
from processing.topics import relevance, tags, taxonomy
from processing.topics.scoring import ABOUT

app = typer.Typer()
console = Console(highlight=False)

SHOWN = 12
"""Words of the model that are shown for and against."""
SIGNALS = {
    "title": "our terms in the title",
    "lead": "our terms in the lead",
    "body": "our terms in the body",
    "unrelated_title": "other subjects in the title",
    "unrelated_lead": "other subjects in the lead",
    "unrelated_body": "other subjects in the body",
    "sides": "countries in the title, at most two",
    "countries": "countries named",
    "forces": "a force, weapon or vessel named",
}
"""What each signal is, for people."""


@app.command()
def explain(
    url: Annotated[str, typer.Argument(metavar="[URL]", help="The address of a stored article.")] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="IN.jsonl",
            help="A text as `pantau judge` takes it: the first line, or the one of --id; - for stdin.",
        ),
    ] = None,
    id_: Annotated[str, typer.Option("--id", help="Which line of the file.")] = "",
) -> None:
    """Say why an article is judged as it is: its terms, names and words, what each adds, the score and the threshold."""
    if bool(url) == bool(file):
        raise PantauError("Name a stored article by its address, or give a text with --file (- for stdin).")
    line = _stored(url) if url else _line(file or Path("-"), id_)
    reading = judging.read(line["title"], line["text"], languages=line["languages"])
    console.print(f"[bold]{escape(_plain(line['title']))}[/]")
    _show_score(reading)
    _show_words(reading)
    _show_terms(reading)
    _show_names(reading)


def _stored(url: str) -> dict[str, Any]:
    with at_desk() as settings, opened(settings) as connection:
        found = articles.newest(connection, url)
    if found is None:
        raise PantauError(f"No article is stored under {url}; `pantau search` finds the address of one that is.")
    if found.let_go_at:
        lost = text_gone(f"The text of {url}", found.seen_at, found.let_go_at)
        raise PantauError(
            f"{lost} The operator's page on its address still tells its verdict (docs/operator-pages.md)."
        )
    outlet = OUTLETS.get(found.outlet)
    return {"title": found.title, "text": found.body, "languages": outlet.languages if outlet else ()}


def _line(file: Path, id_: str) -> dict[str, Any]:
    """Give the line of a file that is asked for."""
    if str(file) != "-" and not file.is_file():
        raise PantauError(f"There is no {file} to take a text from.")
    content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    for number, text in enumerate(content.splitlines(), 1):
        try:
            line = json.loads(text)
            if not id_ or str(line["id"]) == id_:
                return {
                    "title": line["title"],
                    "text": line["text"],
                    "languages": [line["lang"]] if line.get("lang") else [],
                }
        except (ValueError, TypeError, KeyError) as error:
            raise PantauError(
                f"Line {number} is not an article: JSON with id, title and text is wanted ({error})."
            ) from error
    raise PantauError(f"There is no article {id_ or 'at all'} in {file}.")


def _show_score(reading: Reading) -> None:
    """Print the sum: what each signal and all words together add, and what comes of it."""
    model = relevance()
    table = Table("What speaks", "How much", "Weight", "Adds", box=SIMPLE)
    table.add_row("nothing known", "", "", f"{model.constants[vocabulary(reading.language)]:+.2f}")
    for name, points in model.of_signals(reading.signals).items():
        if much := reading.signals.get(name, 0.0):
            table.add_row(_named(name), f"{much:.2f}", f"{model.signals[name]:+.2f}", f"{points:+.2f}")
    words = model.of_words(reading.words, reading.language)
    table.add_row(
        f"words that the model knows ({len(words)} of {len(reading.words)})",
        "",
        "",
        f"{math.fsum(words.values()):+.2f}",
    )
    total = model.log_odds(reading.signals, reading.words, reading.language)
    table.add_row("[bold]together, in log odds[/]", "", "", f"[bold]{total:+.2f}[/]")
    console.print(table)
    verdict = "[green]relevant[/]" if reading.score >= model.threshold else "[red]not relevant[/]"
    console.print(
        f"Score {reading.score:.3f}, relevant from {model.threshold:.2f}: {verdict}. Language {reading.language}."
    )


def _named(signal: str) -> str:
    """Say what a signal is; a subject's is its share of the evidence, which an operator's labels have taught a weight."""
    code = signal.removeprefix(ABOUT)
    topic = taxonomy().topics.get(code)
    return SIGNALS.get(signal) or f"share of: {topic.labels['en'] if topic else code}, by your labels"


def _show_words(reading: Reading) -> None:
    """Print the words that add and take most."""
    words = relevance().of_words(reading.words, reading.language)
    ranked = sorted(words.items(), key=lambda item: -item[1])
    for name, rows in (("for", ranked[:SHOWN]), ("against", ranked[::-1][:SHOWN])):
        said = [f"{word} {points:+.2f}" for word, points in rows if (points > 0) == (name == "for")]
        console.print(f"Words {name} it: {escape(', '.join(said) or 'none')}")


def _show_terms(reading: Reading) -> None:
    """Print the terms of each topic and of other subjects, with place and weight; the topics given stand first."""
    given = {tag.topic: tag.score for tag in tags(reading.evidence, reading.findings)}
    rows = sorted(reading.evidence.topics.items(), key=lambda item: (-given.get(item[0], 0), -_sum(item[1])))
    table = Table("Topic", "Evidence", "Terms (place, weight)", box=SIMPLE)
    for code, matches in rows:
        name = f"{taxonomy().topics[code].labels['en']}" + (f" [green]{given[code]:.2f}[/]" if code in given else "")
        table.add_row(name, f"{_sum(matches):.2f}", escape(_said(matches)))
    for code, matches in sorted(reading.evidence.unrelated.items(), key=lambda item: -_sum(item[1])):
        table.add_row(f"[red]not ours: {code}[/]", f"{_sum(matches):.2f}", escape(_said(matches)))
    console.print(table)
    if reading.score < relevance().threshold:
        console.print("It gets no topic, since it is not relevant.")


def _show_names(reading: Reading) -> None:
    """Print the names, those in the title marked."""
    named = [
        f"{'*' if entity.in_title else ''}{entity.label} ({entity.kind}, {entity.mentions})"
        for entity in reading.findings.entities
    ]
    console.print(f"Names (* in the title): {escape(', '.join(named) or 'none')}")


def _sum(matches: tuple[Match, ...]) -> float:
    return sum(match.weight for match in matches)


def _said(matches: tuple[Match, ...]) -> str:
    return ", ".join(f"{match.term} ({match.place}, {match.weight:g})" for match in matches)


def _plain(text: str) -> str:
    """Give a stranger's text fit for a terminal: no control characters."""
    return "".join(char if char.isprintable() else " " for char in text)
