"""The addresses that a mail gives a reader: its own on the web, and those that change or end the subscription."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from processing import tokens
from processing.digest.placeholders import ANY_CONFIRMATION, ANY_READER, ANY_SIGNATURE
from processing.model import Series

READER_LINK = "reader"
"""The purpose that a link to the reader's own page is signed for."""

CONFIRMATION_LINK = "confirm"
"""The purpose that a link which confirms a subscription is signed for."""

READER_LINK_VALID = timedelta(days=30)
CONFIRMATION_VALID = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a mail's own links lead; None where there is no web address to lead to."""

    sender: str
    """Name and address of who sends it, as the footer shows them."""
    unsubscribe: str
    """The page where the reader's pages are on the web, else mailto."""
    unsubscribe_by_mail: str
    preferences: str | None = None
    """The reader's own page, by a link signed for 30 days."""
    confirmation: str | None = None
    """Confirms a subscription, by a link signed for 7 days."""
    edition: str | None = None
    archive: str | None = None
    stories: str | None = None
    """The pages of stories: `story` gives one of them."""

    def story(self, id_: int) -> str | None:
        """Give the page of a story."""
        return f"{self.stories}/{id_}" if self.stories else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What stands in one reader's links where the stored parts hold a placeholder."""

    token: str = ANY_READER
    signature: str = ANY_SIGNATURE
    confirmation: str = ANY_CONFIRMATION


ANYBODY = Personal()
"""The placeholders themselves: parts rendered with them are the same for all readers."""


def personal(key: str, token: str, written_at: datetime) -> Personal:
    """Sign a reader's links in a mail that was written at an instant: the same arguments give the same links."""
    return Personal(
        token=token,
        signature=tokens.sign(key, READER_LINK, token, written_at),
        confirmation=tokens.sign(key, CONFIRMATION_LINK, token, written_at),
    )


def links(
    series: Series,
    cutoff: datetime,
    *,
    sender: str,
    web_url: str | None,
    reader: Personal = ANYBODY,
) -> Links:
    """Give the addresses of an edition, by default with placeholders for the reader's; `sender` as in a From header."""
    root = (web_url or "").rstrip("/")
    archive = f"{root}/editions/{series.name}" if root else None
    local = cutoff.astimezone(ZoneInfo(series.timezone))
    return _links(
        root,
        sender,
        reader,
        archive=archive,
        edition=f"{archive}/{local:%Y-%m-%d-%H%M}" if archive else None,
    )


def letter_links(*, sender: str, web_url: str | None, reader: Personal = ANYBODY) -> Links:
    """Give the addresses of a letter, by default with placeholders for the reader's."""
    return _links((web_url or "").rstrip("/"), sender, reader, confirmation=reader.confirmation)


def _links(
    root: str,
    sender: str,
    reader: Personal,
    *,
    archive: str | None = None,
    edition: str | None = None,
    confirmation: str | None = None,
) -> Links:
    name, address = parseaddr(sender)
    by_mail = f"mailto:unsubscribe+{reader.token}@{domain_of(sender)}?subject=unsubscribe"
    shown = f"{name} <{address}>" if name else address
    if not root:
        return Links(sender=shown, unsubscribe=by_mail, unsubscribe_by_mail=by_mail)
    return Links(
        sender=shown,
        unsubscribe=f"{root}/unsubscribe/{reader.token}",
        unsubscribe_by_mail=by_mail,
        preferences=f"{root}/reader/{reader.signature}",
        confirmation=f"{root}/confirm/{confirmation}" if confirmation else None,
        edition=edition,
        archive=archive,
        stories=f"{root}/stories",
    )


def domain_of(sender: str) -> str:
    """Give the domain of a From header's address, in lower case; `localhost` where it has none."""
    return parseaddr(sender)[1].rpartition("@")[2].lower() or "localhost"


def for_reader(part: str, reader: Personal) -> str:
    """Put a reader's own links into a stored part."""
    for placeholder, own in (
        (ANY_READER, reader.token),
        (ANY_SIGNATURE, reader.signature),
        (ANY_CONFIRMATION, reader.confirmation),
    ):
        part = part.replace(placeholder, own)
    return part
