"""The parts of a mail of any kind, from the templates of its folder: lines of text, and HTML with its looks in the elements."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment
from markupsafe import Markup

from processing.templating import TEMPLATES, environment

WIDTH = 72
"""Columns of a text part."""


def text_part(kind: str, told: Mapping[str, Any], template: str = "body.txt") -> str:
    """Fill a text template of `templates/<kind>/`: no spaces at ends of lines, two blank lines at most together."""
    filled = _templates(kind).get_template(template).render(told, width=WIDTH)
    return re.sub(r"\n{4,}", "\n\n\n", re.sub(r"[ \t]+\n", "\n", filled)).strip() + "\n"


def html_part(kind: str, told: Mapping[str, Any], *, looks: str = "") -> str:
    """Fill the HTML template of `templates/<kind>/`, with the style sheets of that folder or of the folder `looks`."""
    sheets = looks or kind
    screens = Markup(_style_sheet(sheets, "screens.css"))  # noqa: S704 - our own file
    filled = _templates(kind).get_template("body.html").render(told, screens=screens)
    return _inliner(sheets).inline(re.sub(r"\s*\n\s*", "\n", filled)) + "\n"


@cache
def _templates(kind: str) -> Environment:
    """Give the templates of a kind of mail and those of all mails, with the filters of the text part."""
    templates = environment(kind, "mail")
    templates.filters["wrap"] = _wrap
    templates.filters["column"] = _column
    return templates


@cache
def _inliner(folder: str) -> CSSInliner:
    """Give what writes a folder's style sheet into the elements."""
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True, extra_css=_style_sheet(folder, "style.css"))


@cache
def _style_sheet(folder: str, name: str) -> str:
    """Give one of our style sheets without its comments and indentation."""
    sheet = (TEMPLATES / folder / name).read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def _wrap(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """Break a text into lines of the part's width, indented; later lines by `hanging` columns."""
    if indent + len(text) <= WIDTH and "\n" not in text:
        return " " * indent + text
    further = " " * (indent if hanging is None else hanging)
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _column(text: str, width: int, side: str = "<") -> str:
    """Set a text into a column, cut to its width."""
    return format(textwrap.shorten(text, width, placeholder="…"), f"{side}{width}")
