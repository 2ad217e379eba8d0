"""`pantau topics train`: learn from labelled articles what is relevant."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from desk.home import Home
from processing.errors import PantauError
from processing.topics.adapting import adapt
from processing.topics.examples import Example, examples_of, read_labels
from processing.topics.model_file import as_json, best_threshold, measured
from processing.topics.relevance import NAME, OURS, Relevance, read_relevance
from processing.topics.training import fit, out_of_fold

LABELS = "labels.jsonl"
"""Where `pantau label` puts what it is told, in PANTAU_HOME."""
CUTS = ("", "second ", "third ")
"""Ways of cutting the events into fifths; with one alone the threshold hangs on how the cut falls. Own labels keep the threshold: one will do."""
Figures = dict[str, dict[str, float]]
console = Console(soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the verb to a group."""
    app.command()(train)


def train(
    labels: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Labelled articles, JSON lines; may be given again. By default your own labels."
        ),
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Learn from these labels alone, not on top of ours.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the weights go, if not to PANTAU_HOME.")
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write the weights even if they are no better.")] = False,
) -> None:
    """Learn from labels what is relevant: measure on events left out, and write the weights if they are better than ours."""
    home = Home.of().path
    files, target = labels or [home / LABELS], to or home / NAME
    base = None if afresh else read_relevance(OURS)
    with Console(stderr=True).status("Reading the labels") as status:
        examples = examples_of(read_labels(files))
        status.update(f"Measuring on {len(examples)} articles, a fifth of the events left out at a time")
        learn = partial(adapt, base=base) if base else fit
        cuts = [out_of_fold(examples, learn=learn, salt=salt) for salt in (CUTS[:1] if base else CUTS)]
        scores = [fmean(said) for said in zip(*cuts, strict=True)]
        threshold = base.threshold if base else best_threshold(examples, scores)
        status.update("Learning from all of them")
        model = adapt(examples, base) if base else fit(examples, threshold=threshold)
    after = measured(examples, scores, threshold)
    before = _said(examples, base) if base else None
    _show(after, before)
    if before and not anyway and not _better(after, before):
        raise PantauError(
            "These labels do not make it better than ours, so nothing was written; label more, or say --anyway."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_json(model, labels=files, figures=after, based=not afresh), encoding="utf-8")
    console.print(
        f"Wrote {target}: {sum(map(len, model.words.values()))} words, relevant from {threshold:.2f}.", markup=False
    )


def _said(examples: list[Example], base: Relevance) -> Figures:
    """Measure what our own weights say of the same articles."""
    said = [base.score(example.signals, example.words, example.language) for example in examples]
    return measured(examples, said, base.threshold)


def _better(after: Figures, before: Figures) -> bool:
    """Tell whether the scores came closer to the truth, all articles together."""
    return sum(row["articles"] * row["brier"] for row in after.values()) < sum(
        row["articles"] * row["brier"] for row in before.values()
    )


def _show(after: Figures, before: Figures | None) -> None:
    """Print the figures, on events that were left out, beside those of our own weights."""
    table = Table("Language", "Weights", "Articles", "Precision", "Recall", "F1", "Brier", box=SIMPLE)
    for language, row in after.items():
        both = ([("ours", before[language])] if before else []) + [("learnt", row)]
        for name, figures in both:
            shown = [f"{figures[key]:.3f}" for key in ("precision", "recall", "f1")]
            table.add_row(language, name, f"{figures['articles']:.0f}", *shown, f"{figures['brier']:.4f}")
    console.print(table)
