"""Conditional requests (RFC 9110, section 13): asking for a listing, or again for a page, only if it has changed."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from processing.model import Validators

if TYPE_CHECKING:
    from scrapy.http import Headers, Response

NOT_MODIFIED = 304


def conditions(known: Validators) -> dict[str, str]:
    """Give the request headers that send what is known of an address."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def validators_of(response: Response) -> Validators:
    """Read what an answer gives for the next request."""
    etag, modified = (_text(response.headers, name) for name in ("ETag", "Last-Modified"))
    return Validators(etag=etag or None, last_modified=modified or None)


def not_modified(response: Response) -> bool:
    """Tell whether an answer says that nothing has changed, to a request that asked so: some servers say it to anyone."""
    asked = response.request.headers if response.request else {}
    return response.status == NOT_MODIFIED and ("If-None-Match" in asked or "If-Modified-Since" in asked)


def still_valid(conditions: Headers, stored: Validators) -> bool:
    """Judge a request's conditions against what is stored, as a server does: an entity tag speaks before a date."""
    tags = _text(conditions, "If-None-Match")
    if tags and stored.etag:
        return _opaque(stored.etag) in {_opaque(tag.strip()) for tag in tags.split(",")}
    since = _text(conditions, "If-Modified-Since")
    if since and stored.last_modified:
        return parsedate_to_datetime(stored.last_modified) <= parsedate_to_datetime(since)
    return False


def _text(headers: Headers, name: str) -> str:
    return (headers.get(name) or b"").decode("latin-1")


def _opaque(tag: str) -> str:
    """Give an entity tag without its mark of weakness, which a weak comparison ignores."""
    return tag.removeprefix("W/")
