"""Subscribing by oneself: a letter asks the address, and only its answer subscribes it.

Whoever asks learns nothing of who is a reader: every address that can be one gets the same answer, and what is true of
it stands in its own mailbox alone. An address gets at most one letter of a kind on a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from processing import tokens
from processing.digest.choices import checked, topic_labels
from processing.digest.letters import Parts, written
from processing.digest.links import (
    CONFIRMATION_LINK,
    CONFIRMATION_VALID,
    READER_LINK_VALID,
    Links,
    domain_of,
    letter_links,
)
from processing.digest.words import Words
from processing.errors import SettingError
from processing.model import Series
from processing.store import Connection, letters, readers
from processing.store.readers import Choice, NotWrittenTo, Reader
from processing.templating import labels


def ask(
    connection: Connection,
    address: str,
    choice: Choice,
    *,
    source: str,
    sender: str,
    web_url: str | None,
    as_of: datetime,
    invited: bool = False,
) -> None:
    """Ask an address by letter whether it wants what was chosen for it; one that gets a digest is mailed its link instead.

    `source` says for good where it was asked (`the page https://…`); `invited` by the operator, not on the page. An
    address that bounced or complained is asked nothing, without a word of it. Raises PantauError for what is no
    address or no choice, and SettingError where there is no web address for the link.
    """
    links = _links(sender, web_url)
    try:
        reader = readers.ask(connection, address, checked(choice), source=source, as_of=as_of)
    except NotWrittenTo:
        return
    if reader.state == "pending":
        _send(
            connection,
            reader,
            "confirmation",
            _confirmation(reader, choice, links, as_of, invited=invited),
            links,
            as_of,
        )
    else:
        _send(connection, reader, "link", _link(reader, links, as_of), links, as_of)


def send_link(connection: Connection, address: str, *, sender: str, web_url: str | None, as_of: datetime) -> None:
    """Mail a reader the link to its own page; where there is no such reader, nothing happens, without a word of it.

    Raises SettingError where there is no web address for the link.
    """
    links = _links(sender, web_url)
    reader = readers.by_address(connection, address)
    if reader and reader.state in {"active", "paused"}:
        _send(connection, reader, "link", _link(reader, links, as_of), links, as_of)


def confirm(connection: Connection, signed: str, *, as_of: datetime) -> Reader:
    """Subscribe whom a confirmation link is for; opening it a second time changes nothing.

    Raises TokenRefused for a link that is forged or a week old, NothingToConfirm where nothing waits for it any more.
    """
    token = tokens.read(
        letters.signing_key(connection), CONFIRMATION_LINK, signed, as_of=as_of, valid_for=CONFIRMATION_VALID
    )
    return readers.confirm(connection, token, as_of=as_of)


def _confirmation(reader: Reader, choice: Choice, links: Links, as_of: datetime, *, invited: bool) -> Parts:
    topics = ", ".join(topic_labels(choice))
    return written(
        "confirmation",
        reader.language,
        ["invited" if invited else "asked", *(["topics"] if topics else []), "do"],
        ["valid", "otherwise"],
        link=str(links.confirmation),
        topics=topics,
        **_told(reader, links, as_of, CONFIRMATION_VALID),
    )


def _link(reader: Reader, links: Links, as_of: datetime) -> Parts:
    return written(
        "link",
        reader.language,
        ["asked", "do"],
        ["valid", "otherwise"],
        link=str(links.preferences),
        **_told(reader, links, as_of, READER_LINK_VALID),
    )


def _told(reader: Reader, links: Links, as_of: datetime, valid_for: timedelta) -> dict[str, str]:
    """Give what every letter says: who sends it, who was asked where, when, and until when its link works."""
    words = Words(Series(name="letter", title="", language=reader.language, timezone=reader.timezone))
    said = labels("letters", reader.language)["moment"]["said"]
    name, address = parseaddr(links.sender)
    return {
        "name": name or address,
        "sender": links.sender,
        "host": str(urlsplit(str(links.preferences)).hostname),
        "when": said.format(date=words.date(as_of), time=words.time(as_of)),
        "until": said.format(date=words.date(as_of + valid_for), time=words.time(as_of + valid_for)),
    }


def _send(connection: Connection, reader: Reader, kind: str, parts: Parts, links: Links, as_of: datetime) -> None:
    """Queue a letter, unless the reader got one of its kind on this day of its zone."""
    day = as_of.astimezone(ZoneInfo(reader.timezone)).date()
    letter = letters.Letter(
        reader=reader.id,
        kind=kind,
        key=f"{kind} reader {reader.id} {day}",
        language=reader.language,
        subject=parts.subject,
        text=parts.text,
        html=parts.html,
    )
    letters.write(connection, letter, domain=domain_of(links.sender), as_of=as_of)


def _links(sender: str, web_url: str | None) -> Links:
    if not web_url:
        raise SettingError(
            "PANTAU_WEB_URL is not set, so a letter would have no link to confirm by: publish the reader's pages"
            " (`pantau web`) and name their address there, or add readers with --consent."
        )
    return letter_links(sender=sender, web_url=web_url)
