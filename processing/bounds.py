"""What a stranger's document may cost to parse: bounds that hold for who fetches it and for who reads it."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 8_000_000
"""No article or list is larger; the bound on one fetch is the same (`Bounds.bytes_each`)."""

LARGE = 300_000
"""Bytes from which a page's tags are looked at one by one before it is read. lexbor's and libxml2's time grows with the square
of a tag's attributes: one tag that fills 100 kB takes 1.2 s, one of 300 kB 9.9 s. Looking at every page of 100 kB cost a
quarter of the speed of reading by rules; a spider, which has time, looks at each (`crawlers/answers.py`)."""
LONG_TAG = 5_000
MAX_ATTRIBUTES = 500

MOST_ELEMENTS = 50_000
"""Of a feed; feedparser takes 3 s for 100,000, libxml2 0.05 s. Ours have some 20 for each of at most a thousand entries."""
MOST_OF_ONE = 100
"""Attributes of a feed's element; feedparser takes 8 s for one that has 20,000."""

TAG = re.compile(
    rb"<(?:!--[^-]*(?:-(?!->)[^-]*)*|[sS][cC][rR][iI][pP][tT]\b[^<]*(?:<(?!/[sS])[^<]*)*|[sS][tT][yY][lL][eE]\b[^<]*|"
    rb"(?P<tag>[a-zA-Z][a-zA-Z0-9:-]*[\s/](?:[^>=]+|=\s*(?:\"[^\"]*\"|'[^']*')?){0,2000}))",
    re.DOTALL,
)
"""What a tokenizer sees: comments, scripts and styles whole, and tags with attributes, of which a thousand will do.

Groups are not possessive: Python before 3.11.5 matches those wrongly (gh-106052).
"""
QUOTED = re.compile(rb"=\s*(?:\"[^\"]*\"|'[^']*')")


def overloaded(markup: bytes, *, large: int = LARGE) -> bool:
    """Tell whether a tag has so many attributes that a parser, which compares each with all, would not end.

    A page of fewer than `large` bytes is not looked at: a look takes 1.8 ms.
    """
    if len(markup) < large:
        return False
    long = (match["tag"] for match in TAG.finditer(markup) if match.end() - match.start() > LONG_TAG)
    return any(len(QUOTED.sub(b"", tag).split()) > MAX_ATTRIBUTES for tag in long if tag)


def xml_parser(encoding: str | None = None) -> etree.XMLParser:
    """Make a parser that forgives slips, expands no entity, asks nobody, and keeps libxml2's bounds on nesting."""
    return etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding=encoding)


def bounded_xml(markup: bytes, encoding: str | None = None) -> bytes:
    """Give a document anew (UTF-8) as libxml2 could read it: no deeper than its bound, and without a DOCTYPE.

    Raises ValueError, with the reason, for what is no XML at all, or has more elements or attributes than a feed has.
    """
    try:
        root = etree.fromstring(markup.strip(), xml_parser(encoding))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ValueError("it is not XML")
    for number, element in enumerate(root.iter(etree.Element), 1):
        if number > MOST_ELEMENTS:
            raise ValueError(f"it has more than {MOST_ELEMENTS:,} elements")
        if len(element.attrib) > MOST_OF_ONE:
            raise ValueError(f"an element of it has more than {MOST_OF_ONE} attributes")
    whole: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False)
    return whole
