"""The addresses that a digest gives a reader: its own on the web, and those that change or end the subscription."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from processing.model import Series

ANY_READER = "pantau-any-reader"
"""Stands for a reader's token in the parts of an edition as they are stored; `for_reader` puts the token in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a digest's own links lead; None where there is no web address to lead to."""

    sender: str
    """Name and address of who sends it, as the footer shows them."""
    unsubscribe: str
    """https where the reader's pages are on the web, else mailto."""
    unsubscribe_by_mail: str
    preferences: str | None = None
    edition: str | None = None
    archive: str | None = None


def links(series: Series, cutoff: datetime, *, sender: str, web_url: str | None, token: str = ANY_READER) -> Links:
    """Give the addresses of an edition for the reader with this token; `sender` as in a From header."""
    name, address = parseaddr(sender)
    by_mail = f"mailto:unsubscribe+{token}@{domain_of(sender)}?subject=unsubscribe"
    shown = f"{name} <{address}>" if name else address
    if not web_url:
        return Links(sender=shown, unsubscribe=by_mail, unsubscribe_by_mail=by_mail)
    root = web_url.rstrip("/")
    local = cutoff.astimezone(ZoneInfo(series.timezone))
    return Links(
        sender=shown,
        unsubscribe=f"{root}/unsubscribe/{token}",
        unsubscribe_by_mail=by_mail,
        preferences=f"{root}/reader/{token}",
        edition=f"{root}/editions/{series.name}/{local:%Y-%m-%d-%H%M}",
        archive=f"{root}/editions/{series.name}",
    )


def domain_of(sender: str) -> str:
    """Give the domain of a From header's address, in lower case; `localhost` where it has none."""
    return parseaddr(sender)[1].rpartition("@")[2].lower() or "localhost"


def for_reader(part: str, token: str) -> str:
    """Put a reader's token into a stored part."""
    return part.replace(ANY_READER, token)
