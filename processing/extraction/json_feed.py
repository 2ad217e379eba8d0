"""A JSON Feed (jsonfeed.org, version 1 or 1.1) as the entries that feedparser makes of the others."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

Entry = dict[str, Any]


class Feed(NamedTuple):
    """Entries in feedparser's words, and the language that the feed declares."""

    entries: list[Entry]
    language: str | None


def looks_like_json(content: bytes) -> bool:
    """Say whether a document can be a JSON Feed and no XML."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_json_feed(content: bytes) -> Feed:
    """Give the feed's entries; one that is no object is left out. Raises ValueError, with the reason, for what is no feed."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON ({type(error).__name__})") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ValueError("it is no JSON Feed, which has a list of items")  # noqa: TRY004 (a document, not an argument)
    return Feed([_entry(item) for item in feed["items"] if isinstance(item, dict)], _text(feed, "language") or None)


def _entry(item: Entry) -> Entry:
    """Name an item's fields as feedparser does."""
    authors = item.get("authors") or [item.get("author")]
    return {
        "id": str(item.get("id") or ""),
        "link": _text(item, "url") or _text(item, "external_url"),
        "title": _text(item, "title"),
        "content": [{"value": text} for key in ("content_html", "content_text") if (text := _text(item, key))],
        "summary": _text(item, "summary"),
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "authors": [{"name": _text(author, "name")} for author in _list(authors) if isinstance(author, dict)],
        "tags": [{"term": tag} for tag in _list(item.get("tags")) if isinstance(tag, str)],
        "media_content": [{"url": _text(item, "image") or _text(item, "banner_image")}],
    }


def _text(item: Entry, key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
