"""What follows from a mail that came back: for its delivery, and for its reader. Each may be handled again: it counts once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum

from processing.digest.reports import Kind, Report, read_report
from processing.store import Connection, bounces, readers


class Fate(StrEnum):
    """What became of a mail that was read."""

    HARD = "hard bounces"
    SOFT = "soft bounces"
    COMPLAINT = "complaints"
    UNSUBSCRIBED = "unsubscribed"
    NOTICE = "notices"
    UNKNOWN = "of no mail of ours"
    """Well formed, but nothing that we sent: forged, or of another desk."""
    KNOWN = "known already"
    LEFT = "left"
    """Not understood: a person may look at it."""


@dataclass(frozen=True, slots=True)
class Handled:
    """The fate of a mail, and why where it is left."""

    fate: Fate
    why: str = ""


def handle(connection: Connection, message: Message, *, as_of: datetime) -> Handled:
    """Do what a mail that came back asks for. Never commits; what it gives names nobody."""
    try:
        report = read_report(message)
    except Exception as error:  # noqa: BLE001 - strangers write these mails: a broken one must not keep the rest back
        return Handled(Fate.LEFT, f"it cannot be read ({type(error).__name__})")
    match report.kind:
        case Kind.UNSUBSCRIBE:
            reader = readers.unsubscribe(connection, report.token, as_of=as_of, reason="by mail")
            return Handled(Fate.UNSUBSCRIBED if reader else Fate.UNKNOWN)
        case Kind.NOTICE:
            return Handled(Fate.NOTICE)
        case Kind.OTHER:
            return Handled(Fate.LEFT, "it is neither a bounce, nor a complaint, nor does it unsubscribe")
        case _:
            return Handled(_record(connection, report, as_of))


def _record(connection: Connection, report: Report, as_of: datetime) -> Fate:
    mail = bounces.sent(connection, report.message_ids)
    if mail is None:
        return Fate.UNKNOWN
    if report.kind is Kind.SOFT:
        counted = bounces.record_soft(connection, mail, said=report.said, as_of=as_of)
        return Fate.SOFT if counted else Fate.KNOWN
    state, fate = ("bounced", Fate.HARD) if report.kind is Kind.HARD else ("complained", Fate.COMPLAINT)
    return fate if bounces.record_hard(connection, mail, state, said=report.said, as_of=as_of) else Fate.KNOWN
