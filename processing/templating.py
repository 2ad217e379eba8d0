"""Our templates, read in one way for mails and pages: strict, escaped unless they are plain text, and their labels."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[1] / "templates"


def environment(*folders: str) -> Environment:
    """Give the templates of these folders of `templates/`, the first that has a name wins; all but `.txt` escape what they show."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES / folder for folder in folders]),
        autoescape=lambda name: not (name and name.endswith(".txt")),  # noqa: S701 - off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def labels(folder: str, language: str) -> dict[str, Any]:
    """Give the labels of a folder of `templates/` in a language by section and key."""
    return tomllib.loads((TEMPLATES / folder / f"labels.{language}.toml").read_text(encoding="utf-8"))
