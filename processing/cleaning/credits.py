"""Credit lines: "Reporter: X | Editor: Y" read into names before they leave the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processing.cleaning.names import names_of

AUTHOR_ROLES = r"reporter|rep|penulis|pewarta|kontributor|wartawan|laporan(?:\s+wartawan)?|jurnalis|oleh|author|written by|reporting by"
EDITOR_ROLES = r"editor|penyunting|redaktur|red|edited by|editing by"
OTHER_ROLES = (
    r"sumber|source|translator|penerjemah|fotografer|foto|photo|photographer|video|uploader|copyright|ilustrasi"
)

LABEL = re.compile(
    rf"(?:^|[|;/•·,]\s*|\s{{2,}}|\s)(?P<role>{AUTHOR_ROLES}|{EDITOR_ROLES}|{OTHER_ROLES})\s*:\s*", re.IGNORECASE
)
EDITOR = re.compile(rf"^(?:{EDITOR_ROLES})$", re.IGNORECASE)
AUTHOR = re.compile(rf"^(?:{AUTHOR_ROLES})$", re.IGNORECASE)
COPYRIGHT = re.compile(r"\s*(?:copyright\s*)?©.*$", re.IGNORECASE)
"""What ANTARA puts behind the names."""
WIRE = re.compile(r"^\(\s*(?:additional )?(?:reporting|writing|editing) by\b[^()]*\)$", re.IGNORECASE)
WIRE_PART = re.compile(
    r"^\s*(?:additional\s+)?(?P<role>reporting|writing|editing)\s+by\s+(?P<names>.+)$", re.IGNORECASE
)
"""What agencies put in brackets below a report: `(Reporting by A in Paris; Editing by B and C)`."""
WHEREABOUTS = re.compile(r"\s+in\s+[A-Z][\w .'’-]*?(?=,|\s+and\b|$)")
LONGEST = 160
"""Characters; a longer paragraph that opens with a role is prose."""


@dataclass(frozen=True, slots=True)
class Credits:
    """The names that a credit line gives."""

    authors: tuple[str, ...] = ()
    editor: str | None = None


def credits_of(paragraph: str) -> Credits | None:
    """Read a paragraph that is nothing but credits; None where it is something else."""
    if WIRE.match(paragraph):
        return _wire_credits(paragraph)
    if ":" not in paragraph:
        return None
    paragraph = COPYRIGHT.sub("", paragraph) if "©" in paragraph else paragraph
    if len(paragraph) > LONGEST or not (labels := list(LABEL.finditer(paragraph))) or labels[0].start() > 0:
        return None
    authors: list[str] = []
    editor: str | None = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = paragraph[label.end() : following.start() if following else None].strip(" |;/•·,-")
        if len(value.split()) > 8 * (1 + value.count(",")) or re.search(r"[.!?]\s+\S", value):
            return None
        names = names_of(value.split("/"))
        if EDITOR.match(label["role"]):
            editor = editor or next(iter(names), None)
        elif AUTHOR.match(label["role"]):
            authors += names
    return Credits(tuple(dict.fromkeys(authors)), editor)


def _wire_credits(paragraph: str) -> Credits:
    """Read an agency's line."""
    authors: list[str] = []
    editors: list[str] = []
    for part in paragraph.strip("() ").split(";"):
        if match := WIRE_PART.match(part):
            names = names_of([WHEREABOUTS.sub("", match["names"])])
            (editors if match["role"].lower() == "editing" else authors).extend(names)
    return Credits(tuple(dict.fromkeys(authors)), next(iter(editors), None))
