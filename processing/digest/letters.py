"""The letters to one reader: subject, text and HTML, each by hand, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from processing.digest.mail_parts import html_part, text_part
from processing.digest.plain import plain
from processing.templating import labels


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
    words = labels("letters", language)
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
    }
    return Parts(subject=said["subject"], text=text_part("letters", told), html=html_part("letters", told))


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
