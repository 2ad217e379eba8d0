"""The letters to one reader: subject, text and HTML, each by hand, in the reader's language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from processing.digest.plain import plain
from processing.digest.render import inliner, style_sheet, templates_in

TEMPLATES = Path(__file__).parents[2] / "templates" / "letters"
WIDTH = 72
"""Columns of the text part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A letter's parts; where links hold placeholders, they do too."""

    subject: str
    text: str
    html: str


def written(
    kind: str, language: str, before: Sequence[str], after: Sequence[str], *, link: str, sender: str, **values: str
) -> Parts:
    """Write a letter: the paragraphs of these labels before and after its one link; `values` fill their places.

    The labels stand in `templates/letters/labels.<language>.toml` below `kind`, with `subject`, `title` and `button`.
    """
    words = labels(language)
    shown = {name: plain(value) for name, value in values.items()}
    said = {key: text.format_map(shown) for key, text in words[kind].items() if not _places(text) - shown.keys()}
    told = {
        "language": language,
        "subject": said["subject"],
        "title": said["title"],
        "button": said["button"],
        "before": [said[key] for key in before],
        "after": [said[key] for key in after],
        "link": link,
        "footer": words["footer"]["sender"].format(sender=plain(sender)),
        "width": WIDTH,
        "screens": Markup(style_sheet(TEMPLATES, "screens.css")),  # noqa: S704 - our own file
    }
    html = templates_in(TEMPLATES).get_template("body.html").render(told)
    return Parts(
        subject=said["subject"],
        text=templates_in(TEMPLATES).get_template("body.txt").render(told).strip() + "\n",
        html=inliner(TEMPLATES).inline(re.sub(r"\s*\n\s*", "\n", html)) + "\n",
    )


@cache
def labels(language: str) -> dict[str, dict[str, str]]:
    """Give the words of a language by letter and key."""
    return tomllib.loads((TEMPLATES / f"labels.{language}.toml").read_text(encoding="utf-8"))


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
