"""An edition or a letter as the message that one reader gets (RFC 5322): two parts, text first, and the headers of a list."""

from __future__ import annotations

import hashlib
from binascii import b2a_qp
from dataclasses import replace
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from processing.digest.links import Links, Personal, domain_of, for_reader
from processing.digest.plain import plain, shorten
from processing.model import Rendered
from processing.store.letters import StoredLetter

CRLF = "\r\n"

WIDTH = 76
"""Characters a line (RFC 2045, 2047). Headers of addresses alone are longer: see WirePolicy."""

WHOLE = frozenset({"list-unsubscribe", "list-archive", "archived-at", "message-id"})
"""Headers that must stay in one piece: folded, their addresses would become encoded words, and one click would break."""


LONGEST_NAME = 64
"""Characters of a name that a header shows: more is no name."""


class WirePolicy(EmailPolicy):
    """Messages as SMTP takes them: lines of 76 characters, but addresses in headers left whole (998, RFC 5322)."""

    def fold(self, name: str, value: Any) -> str:
        """Fold a header, unless it holds addresses."""
        if name.lower() == "subject" and not str(value).isascii():
            return _subject(str(value))
        policy: Any = SMTP.clone(max_line_length=998 if name.lower() in WHOLE else WIDTH)
        return str(EmailPolicy.fold(policy, name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Fold a header into bytes, unless it holds addresses."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


def _subject(text: str) -> str:
    """Encode a subject as a whole: of one that is encoded in part, the standard library doubles a space where it folds."""
    return f"Subject: {Header(text, 'utf-8', maxlinelen=WIDTH, header_name='Subject').encode(linesep=CRLF)}{CRLF}"


POLICY = WirePolicy(max_line_length=WIDTH, linesep=CRLF, cte_type="7bit")


def compose(
    rendered: Rendered,
    *,
    links: Links,
    sender: str,
    to: str,
    message_id: str,
    name: str = "",
    one_click: bool = False,
) -> EmailMessage:
    """Write an edition to one reader; the same arguments give the same bytes.

    `rendered` holds the reader's links, as `links` do. `sender` is a From header's value, `message_id` stands in <>.
    `one_click` promises what RFC 8058 asks for: an https page, and a signature that covers the headers.
    """
    edition = rendered.edition
    subject = plain(rendered.subject) or edition.series.title  # a headline may be of invisible characters alone
    message = _begun(sender, to, name, message_id, subject, edition.cutoff)
    message["List-ID"] = f"<{edition.series.name}.{domain_of(sender)}>"
    _add(message, _list_headers(links, one_click=one_click))
    return _filled(message, rendered.text, rendered.html, edition.series.language)


def compose_letter(
    letter: StoredLetter,
    *,
    links: Links,
    sender: str,
    to: str,
    message_id: str,
    name: str = "",
    one_click: bool = False,
) -> EmailMessage:
    """Write a letter to its reader, as `compose` does; an alert has the headers of a list, since it may be ended like one."""
    message = _begun(sender, to, name, message_id, letter.subject, letter.written_at)
    if letter.kind == "alert":
        message["List-ID"] = f"<alerts.{domain_of(sender)}>"
        _add(message, _list_headers(links, one_click=one_click))
    return _filled(message, letter.text, letter.html, letter.language)


def _begun(sender: str, to: str, name: str, message_id: str, subject: str, written_at: datetime) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(name, to)
    message["Subject"] = plain(subject)
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id
    return message


def _filled(message: EmailMessage, text: str, html: str, language: str) -> EmailMessage:
    """Put in the two parts, the text first, parted by a boundary that the Message-ID gives."""
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("", cte="quoted-printable")
    message.add_alternative("", subtype="html", cte="quoted-printable")
    for part, content in zip(message.iter_parts(), (text, html), strict=True):
        part.set_payload(b2a_qp(content.encode(), istext=True).decode("ascii"))  # 15 times as fast as the email package
        del part["MIME-Version"]  # it belongs to a message, not to its parts
    message["Content-Language"] = language  # here, because set_content takes all Content- headers off
    message.set_boundary(f"={hashlib.sha256(message['Message-ID'].encode()).hexdigest()[:24]}")
    return message


def _add(message: EmailMessage, headers: dict[str, str]) -> None:
    for header, value in headers.items():
        message[header] = value


def letter_for_reader(letter: StoredLetter, reader: Personal) -> StoredLetter:
    """Put its reader's own links into a letter as it is stored."""
    return replace(letter, text=for_reader(letter.text, reader), html=for_reader(letter.html, reader))


def for_one_reader(rendered: Rendered, reader: Personal) -> Rendered:
    """Put a reader's own links into the parts of an edition as they are stored."""
    return replace(rendered, text=for_reader(rendered.text, reader), html=for_reader(rendered.html, reader))


def envelope_sender(message_id: str) -> str:
    """Give the envelope sender of a delivery: a bounce comes back to an address that names it."""
    local, _, domain = message_id.strip("<>").partition("@")
    return f"bounce+{local}@{domain}"


def _list_headers(links: Links, *, one_click: bool) -> dict[str, str]:
    """Give the headers of RFC 2369, 5064 and 8058."""
    ways = [links.unsubscribe, links.unsubscribe_by_mail] if one_click else [links.unsubscribe_by_mail]
    headers = {"List-Unsubscribe": ", ".join(f"<{way}>" for way in ways)}
    if one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if links.edition and links.archive:
        headers |= {"List-Archive": f"<{links.archive}>", "Archived-At": f"<{links.edition}>"}
    return headers


def _address(name: str, address: str) -> Address:
    return Address(display_name=shorten(plain(name), LONGEST_NAME), addr_spec=address)
