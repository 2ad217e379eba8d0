"""The style sheet and the icon: each under a name that changes with it, so that a browser may keep it for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import NamedTuple

from processing.templating import TEMPLATES

TYPES = {"style.css": "text/css; charset=utf-8", "favicon.svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A file of ours as it is served."""

    path: str
    content: bytes
    media_type: str


@cache
def asset(name: str) -> Asset:
    """Give a file by its plain name."""
    content = (TEMPLATES / "web" / name).read_bytes()
    stem, _, suffix = name.partition(".")
    return Asset(f"/static/{stem}.{sha256(content).hexdigest()[:12]}.{suffix}", content, TYPES[name])


def served(path: str) -> Asset | None:
    """Give the file that is served at a path, None where there is none."""
    return next((one for one in map(asset, TYPES) if one.path == path), None)
