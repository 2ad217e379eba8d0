"""Text of strangers made plain: nothing in it can break a header, a line or the direction of the page."""

from __future__ import annotations

import re
import unicodedata

from processing.digest.placeholders import PREFIX, without_placeholders
from processing.urls import web_url

_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNWANTED = re.compile(f"[{_DIRECTIONS}\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
"""Marks of writing direction (one left open turns the rest of a page round), invisible joints, lone surrogates."""

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_ENCODED = re.compile(r"=(?=\?)")
"""Opens an encoded word (RFC 2047): a mail library that meets one in a header's text decodes it, line ends and all."""

ELLIPSIS = "…"


def plain(text: str) -> str:
    """Give a text on one line: no control character, no line separator, no direction mark, no encoded word, single spaces, NFC."""
    if not text.isprintable() or "  " in text:  # a printable text has no break but spaces, and nothing unwanted
        text = _BREAKS.sub(" ", _UNWANTED.sub("", text))
    return without_placeholders(_ENCODED.sub("= ", unicodedata.normalize("NFC", text).strip()))


def shorten(text: str, limit: int) -> str:
    """Cut a plain text to `limit` characters at the end of a word, with an ellipsis where something went."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2 and not text[limit - 1].isspace():
        cut = cut[:space]
    return cut.rstrip(" ,;:.–—-(“\"'") + ELLIPSIS


def shorten_headline(title: str, limit: int) -> str:
    """Cut a plain headline to `limit` characters, at the end of a clause where more than half of them stay: not in mid-sentence."""
    if len(title) <= limit:
        return title
    clause = max(title.rfind(mark, 0, limit) for mark in (", ", "; ", ": "))
    return title[:clause] + ELLIPSIS if clause > limit // 2 else shorten(title, limit)


def safe_link(url: str) -> str | None:
    """Give an address that a mail may link to, over https; None where it is no safe web address.

    An http address becomes https: browsers try that first, and every link of a digest is one.
    """
    link = web_url(url)
    return re.sub(r"^http:", "https:", link) if link and PREFIX not in link else None
