"""Reads what comes back by mail: bounces (RFC 3464 and older forms), complaints (RFC 5965), and mails that unsubscribe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from enum import StrEnum

from flufl.bounce import all_failures

from processing.digest.transport import without_addresses

ADDRESSED = re.compile(r"(bounce|unsubscribe)\+([\w.-]+)@([\w.-]+)", re.IGNORECASE)
"""Our addresses that name a delivery or a reader."""

ADDRESSED_IN = ("delivered-to", "x-original-to", "envelope-to", "to", "cc", "resent-to")
"""Where the address stands that a mail came to; programs that deliver name it in a header of their own."""

MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[\w.-]+>")
"""A Message-ID of our making."""

STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")

PASSING = re.compile(r"4\.|5\.(?:1\.[78]|2\.[23]|3\.|6\.|7\.)")
"""Statuses that are said of a moment, of us or of this mail, and not of the address (RFC 3463): a sender not known, a mailbox
that is full, a mail too large, a system out of order, a content or a policy."""

FULL = re.compile(r"quota|mailbox (?:is )?full|over ?limit|penuh", re.IGNORECASE)
"""How bounces without a status tell of a full mailbox."""

ANSWERS_BY_ITSELF = ("auto-submitted", "x-autoreply", "x-autorespond", "x-auto-response-suppress")


class Kind(StrEnum):
    """What a mail is to us."""

    HARD = "hard bounce"
    SOFT = "soft bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribed"
    NOTICE = "notice"
    """A delay, a receipt or an absence: nothing follows from it."""
    OTHER = "not understood"


@dataclass(frozen=True, slots=True)
class Report:
    """A mail that came back, and what it is about."""

    kind: Kind
    message_ids: tuple[str, ...] = ()
    """Of the mail it tells of; the surest first."""
    token: str = ""
    """Of the reader who unsubscribes."""
    said: str = ""
    """In the server's words, without addresses."""


def read_report(message: Message) -> Report:
    """Say what a mail is, from what stands in it alone: it may be forged, so that only a Message-ID of ours makes it count."""
    ids = tuple(dict.fromkeys(_message_ids(message)))
    if complaint := _part(message, "message/feedback-report"):
        return _complaint(complaint, ids)
    if _part(message, "message/delivery-status"):
        return _delivery_status(message, ids)
    if token := next((found[2] for found in _addressed(message) if found[1].lower() == "unsubscribe"), ""):
        return Report(Kind.UNSUBSCRIBE, token=token)
    if any(message.get(header, "no").strip().lower() != "no" for header in ANSWERS_BY_ITSELF):
        return _older_form(message, ids) or Report(Kind.NOTICE, ids)
    return _older_form(message, ids) or Report(Kind.OTHER, ids)


def _complaint(part: Message, ids: tuple[str, ...]) -> Report:
    """Read an abuse report; one that says that a mail is no spam stops nobody."""
    fields = _fields(part)
    kind = _word(fields, "feedback-type").lower()
    own = tuple(f"<{found[2]}@{found[3]}>" for found in ADDRESSED.finditer(_word(fields, "original-mail-from")))
    if kind == "not-spam":
        return Report(Kind.NOTICE, ids)
    return Report(Kind.COMPLAINT, (*own, *ids), said=f"a complaint ({re.sub(r'[^a-z-]', '', kind) or 'abuse'})")


def _delivery_status(message: Message, ids: tuple[str, ...]) -> Report:
    """Read a delivery status notification: what failed for good, or for now, or nothing that failed."""
    blocks = [block for part in message.walk() if part.get_content_type() == "message/delivery-status"
              for block in _blocks(part)]  # fmt: skip
    failed = [block for block in blocks if _word(block, "action").lower().startswith(("fail", "error"))]
    if not failed:
        return Report(Kind.NOTICE if any(_word(block, "action") for block in blocks) else Kind.OTHER, ids)
    words = f"{_word(failed[0], 'status')} {_word(failed[0], 'diagnostic-code')}".strip()
    return _bounce(words, ids)


def _older_form(message: Message, ids: tuple[str, ...]) -> Report | None:
    """Read a bounce that is no RFC 3464, in one of the forms that flufl.bounce knows; None where it is no bounce."""
    if not ids:
        return None
    delayed, failed = all_failures(message)
    if failed:
        return _bounce(_text(message), ids, unclear=Kind.HARD)
    return Report(Kind.NOTICE, ids) if delayed else None


def _bounce(words: str, ids: tuple[str, ...], *, unclear: Kind = Kind.SOFT) -> Report:
    """Tell a hard bounce from a soft one by its status; `unclear` is what it is without one."""
    status = STATUS.search(words)
    if status:
        kind = Kind.SOFT if PASSING.match(status[1]) else Kind.HARD
    else:
        kind = Kind.SOFT if FULL.search(words) else unclear
    line = next((line for line in words.splitlines() if status and status[1] in line), words)
    return Report(kind, ids, said=without_addresses(line))


def _message_ids(message: Message) -> Iterator[str]:
    """Give the Message-IDs that a mail may tell of: from the address that it came to, then from what it quotes."""
    for found in _addressed(message):
        if found[1].lower() == "bounce":
            yield f"<{found[2]}@{found[3]}>"
    for part in message.walk():
        if part is not message and part.get("message-id"):
            yield str(part["message-id"]).strip()
    yield from MESSAGE_ID.findall(_text(message))


def _addressed(message: Message) -> Iterator[re.Match[str]]:
    for header in ADDRESSED_IN:
        for value in message.get_all(header, []):
            yield from ADDRESSED.finditer(str(value))


def _part(message: Message, content_type: str) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == content_type), None)


def _blocks(part: Message) -> list[Message]:
    """Give the groups of fields of a delivery status, also where a program wrote it as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [HeaderParser().parsestr(block) for block in re.split(r"\r?\n\r?\n", str(payload))]


def _fields(part: Message) -> Message:
    blocks = _blocks(part)
    return blocks[0] if blocks else Message()


def _word(fields: Message, name: str) -> str:
    return str(fields.get(name, "")).strip()


def _text(message: Message) -> str:
    """Give all text of a mail, the headers that it quotes included."""
    texts = []
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            texts.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
    return "\n".join(texts)
