"""The objects in a page's JSON-LD, however it is written: comments around it, graphs and lists in it, broken strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

MAX_JSON = 2_000_000
"""Characters of one JSON-LD script; larger ones are passed over."""
MAX_NODES = 5_000
"""Objects looked at in a page's JSON-LD."""

COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")


def json_objects(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """Give every JSON object of the page's JSON-LD, outer ones first."""
    found: list[dict[str, Any]] = []
    for script in tree.css("script[type='application/ld+json' i]"):
        for node in _objects(_json(script.text(deep=True))):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def _json(text: str) -> Any:
    """Parse JSON as sites write it: with comments around it, line breaks in strings, commas too many."""
    if not text or len(text) > MAX_JSON:
        return None
    for attempt in (text, TRAILING_COMMA.sub("", COMMENT.sub("", COMMENT.sub("", text)).strip().rstrip(";"))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _salvage(text: str) -> dict[str, Any] | None:
    """Take the plain string fields that can be made out of an article's broken JSON."""
    fields = re.findall(r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\]|\\.)*)"', text)
    if not fields or not re.search(r'"@type"\s*:\s*\[?\s*"\w*Article"', text):
        return None
    author = re.search(r'"author"\s*:\s*[\[{\s]*(?:"@type"\s*:\s*"\w+"\s*,\s*)?"name"\s*:\s*"((?:[^"\\]|\\.)*)"', text)
    return {"@type": "NewsArticle", **dict(reversed(fields)), **({"author": author[1]} if author else {})}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Walk lists, graphs and the objects that hold an article (`mainEntity` and the like), without recursion."""
    queue = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item[:MAX_NODES]
        elif isinstance(item, dict):
            yield item
            queue += [
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                if key in item
            ]
