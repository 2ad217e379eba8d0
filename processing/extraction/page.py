"""From the bytes of a page to its text and tree: character set, bounds, one parse."""

from __future__ import annotations

import codecs
import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError
from w3lib.encoding import html_to_unicode

from processing.bounds import MAX_ATTRIBUTES, MAX_BYTES, overloaded
from processing.errors import Quarantined
from processing.model import Page

MANY_TAGS = 20_000
"""Pages with fewer tags cannot nest deep enough to hurt: the parser's time grows with the square of the depth
(20,000 levels: 1 s; 100,000: 28 s). The page of the public sets with most has 8,093."""
MAX_NESTING = 5_000

NESTING = re.compile(
    rb"<(/?)(?!p[\s>]|li[\s>]|t[dr][\s>]|d[td][\s>]|option|br|hr|img|meta|link|input|source|wbr|path)[a-zA-Z]"
)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def load(page: Page) -> LexborHTMLParser:
    """Decode and parse a page, in one step where it is sound UTF-8, as nearly all are.

    Raises Quarantined as `decode` and `parse` do.
    """
    return parse(page.content if _is_utf8(page) else decode(page).encode("utf-8", "replace"), page.url)


def _is_utf8(page: Page) -> bool:
    """Say whether the parser may have a page's bytes as they are: sound UTF-8, and nothing names another character set."""
    content = page.content
    named = CHARSET.search(page.content_type.encode()) or CHARSET.search(content[:4096])
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        return False
    if len(content) > MAX_BYTES or content.startswith(codecs.BOM_UTF8) or b"\x00" in content or b"\x1b" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def decode(page: Page) -> str:
    """Give the page's text: byte order mark, then header, then `meta`, then UTF-8, then windows-1252.

    A character set that the page names wrongly gives replacement characters, never an error. Raises Quarantined for
    a page over `MAX_BYTES`.
    """
    if len(page.content) > MAX_BYTES:
        raise Quarantined(f"The page {page.url} has {len(page.content):,} bytes, more than the {MAX_BYTES:,} we read.")
    _, text = html_to_unicode(page.content_type or None, page.content, auto_detect_fun=_guess)
    return text.replace("\x00", "")


def _guess(content: bytes) -> str:
    """Name the character set of a page that names none."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def parse(text: str | bytes, url: str) -> LexborHTMLParser:
    """Parse once; bytes must be UTF-8. Raises Quarantined where that fails or would take too long."""
    content = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if not content or content.isspace():
        raise Quarantined(f"The page {url} is empty.")
    if _nesting(content) > MAX_NESTING:
        raise Quarantined(f"The page {url} nests its elements more than {MAX_NESTING:,} deep.")
    if overloaded(content):
        raise Quarantined(f"The page {url} has an element with more than {MAX_ATTRIBUTES} attributes.")
    try:
        tree = LexborHTMLParser(content)
    except (SelectolaxError, ValueError) as error:
        raise Quarantined(f"The page {url} cannot be parsed: {error}.") from error
    if tree.body is None:
        raise Quarantined(f"The page {url} has no body.")
    return tree


def _nesting(content: bytes) -> int:
    """Estimate how deep the elements of a page with very many of them nest."""
    if content.count(b"<") < MANY_TAGS:
        return 0
    depth = deepest = 0
    for match in NESTING.finditer(content):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
