"""An edition as the message that one reader gets (RFC 5322): two parts, text first, and the headers of a list."""

from __future__ import annotations

import hashlib
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from processing.digest.links import Links, domain_of, for_reader
from processing.digest.plain import plain
from processing.model import Rendered

CRLF = "\r\n"

WIDTH = 76
"""Characters a line (RFC 2045, 2047). Headers of addresses alone are longer: see WirePolicy."""

WHOLE = frozenset({"list-unsubscribe", "list-archive", "archived-at", "message-id"})
"""Headers that must stay in one piece: folded, their addresses would become encoded words, and one click would break."""


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


def compose(rendered: Rendered, *, links: Links, sender: str, to: str, message_id: str, name: str = "") -> EmailMessage:
    """Write an edition to one reader; the same arguments give the same bytes.

    `rendered` holds the reader's token, as `links` do. `sender` is a From header's value, `message_id` stands in <>.
    """
    edition = rendered.edition
    domain = domain_of(sender)
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(name, to)
    message["Subject"] = plain(rendered.subject)
    message["Date"] = format_datetime(edition.cutoff)
    message["Message-ID"] = message_id
    message["List-ID"] = f"<{edition.series.name}.{domain}>"
    for header, value in _list_headers(links).items():
        message[header] = value
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = edition.series.language  # here, because set_content takes all Content- headers off
    message.set_boundary(f"={hashlib.sha256(message_id.encode()).hexdigest()[:24]}")
    for part in message.iter_parts():
        _without_version(part)
    return message


def for_one_reader(rendered: Rendered, token: str) -> Rendered:
    """Put a reader's token into the parts of an edition as they are stored."""
    return Rendered(
        subject=rendered.subject,
        text=for_reader(rendered.text, token),
        html=for_reader(rendered.html, token),
        edition=rendered.edition,
    )


def envelope_sender(message_id: str) -> str:
    """Give the envelope sender of a delivery: a bounce comes back to an address that names it."""
    local, _, domain = message_id.strip("<>").partition("@")
    return f"bounce+{local}@{domain}"


def _list_headers(links: Links) -> dict[str, str]:
    """Give the headers of RFC 2369, 5064 and 8058; one click needs an https address to post to."""
    on_the_web = links.unsubscribe.startswith("https:")
    ways = [links.unsubscribe, links.unsubscribe_by_mail] if on_the_web else [links.unsubscribe_by_mail]
    headers = {"List-Unsubscribe": ", ".join(f"<{way}>" for way in ways)}
    if on_the_web:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if links.edition and links.archive:
        headers |= {"List-Archive": f"<{links.archive}>", "Archived-At": f"<{links.edition}>"}
    return headers


def _address(name: str, address: str) -> Address:
    return Address(display_name=plain(name), addr_spec=address)


def _without_version(part: MIMEPart | Any) -> None:
    """Take off a header that belongs to a message, not to its parts."""
    del part["MIME-Version"]
