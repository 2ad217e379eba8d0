"""Bylines into names: lists taken apart, "By" and roles taken off, addresses and the outlet's own name left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from processing.cleaning.text import tidy

OPENING = re.compile(
    r"^(?:(?:written|reported|reporting|story|text|words|analysis|review|commentary|posted|published|edited)\s+)?(?:by|oleh|von|par|por|door|av|af)\b[:\s]+"
    r"|^(?:reporter|penulis|pewarta|kontributor|laporan(?:\s+wartawan)?|wartawan|jurnalis|author|autor|auteur|byline|penyunting|editor)\s*[:\-–—]\s*"
    r"|^laporan\s+(?:wartawan|reporter|jurnalis)\s+",
    re.IGNORECASE,
)
"""What stands before a name, in the languages of the outlets we read and their neighbours."""

PARENTHESIS = re.compile(r"\s*\([^()]*\)?")
BETWEEN = re.compile(r"\s*(?:[;|•·\n]|\s/\s|,\s+(?:and|dan|und)\s+|\s&\s|\s(?:and|dan|und|et|y|og|och|serta)\s)\s*")
COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III|Ph\.?D|M\.?D|MD|PhD|Dr|Esq|S\.?[A-Z]|M\.?[A-Z])\b)")
CLOSING = re.compile(
    r"\s*(?:[-–—,|]\s*(?:detiknews|detikcom|tim\s\S+|\w+\.(?:com|co\.id|id|net|org)|reuters)|\s기자)\s*$",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:officer|editor|reporter|correspondent|writer|contributor|head|director|professor|analyst|staff|columnist|"
    r"producer|author|sponsored|advertorial|wartawan|jurnalis|redaktur|kontributor|redaktion|professorius|"
    r"fakulteto\w*)\b",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(
    r"https?://|www\.|@|^\W*$|^\d|\d{3}|^\w+\.(?:com|co\.id|net|org|in|id)$|"
    r"^(?:admin|administrator|redaksi|webmaster|none|null|undefined|unknown|guest|sponsored|staff)$",
    re.IGNORECASE,
)
POST = re.compile(
    r"^(?:tim|staf|wartawan|jurnalis|reporter|redaksi|redaktur|kontributor|correspondent|staff)\s+", re.IGNORECASE
)
"""What stands before the outlet's own name where that is a post, not a person: `Wartawan Kabar Selatan`."""
ARTICLES = frozenset({"the", "die", "le", "la", "el"})
"""What is left of the outlet's own name where its site's is without them."""
LONGEST = 60
"""Characters; longer ones are sentences."""


def names_of(bylines: Iterable[str], *, not_these: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the names that `bylines` hold, each once, in order; `not_these` are names of the outlet itself."""
    not_these = tuple(not_these)
    unwanted = {_key(name) for name in not_these} - {""}
    found: dict[str, str] = {}
    for byline in bylines:
        for part in _parts(byline):
            bare = _bare(part)
            name = "" if _key(POST.sub("", bare)) in unwanted else _unsigned(bare, not_these)
            key = _key(name)
            if key and key not in unwanted and len(name) <= LONGEST and not NOT_A_NAME.search(name):
                found.setdefault(key, name)
    return tuple(found.values())


def _parts(byline: str) -> list[str]:
    """Take a list of names apart."""
    names: list[str] = []
    for part in BETWEEN.split(OPENING.sub("", tidy(PARENTHESIS.sub(" ", byline)))):
        first, *others = COMMA.split(part or "")
        names += [first, *(other for other in others if not ROLE.search(other))]
    return names


def _bare(part: str) -> str:
    """Take off what stands around a name."""
    name = CLOSING.sub("", OPENING.sub("", part.strip(" ,:-–—*"))).strip(" ,:-–—*")
    return re.sub(r"(?<=[a-z]{3})\.$", "", name)


def _unsigned(name: str, sites: Iterable[str]) -> str:
    """Take the outlet's name off the end of a person's."""
    for site in sites:
        if site and name.casefold().endswith(f" {site.casefold()}"):
            rest = name[: -len(site)].strip(" ,|-–—")
            return "" if rest.casefold() in ARTICLES else rest
    return name


def _key(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold())
