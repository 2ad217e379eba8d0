"""A verdict on an article of an outlet: what the core says of the text, and what only the outlet tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from processing import judging
from processing.model import Judgement


def verdict_on(title: str, text: str, *, outlet: str, languages: Sequence[str]) -> Judgement:
    """Judge an article of an outlet (its title, the languages it declares); one that names itself rests on nobody else."""
    verdict = judging.judge(title, text, languages=languages)
    return replace(verdict, sources=tuple(source for source in verdict.sources if source.source != outlet))
