"""The way to the mail server: one SMTP session, and what became of each message given to it."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Literal

from processing.digest.plain import plain, shorten
from processing.errors import PantauError, SettingError

TAKEN = range(200, 300)
"""Replies that say yes (RFC 5321)."""
REFUSING = range(500, 600)
"""Replies that are final."""
KNOWN = range(200, 600)
"""What is no reply of these is no SMTP: nothing that comes after it can be trusted."""
CLOSING = 421
"""The server ends the session."""

MOST_WORDS = 500
"""Characters of a server's words that are kept: the longest reply line is 512 (RFC 5321)."""

Tls = Literal["none", "starttls", "implicit"]
"""How the way to a mail server is kept private."""


class Fate(StrEnum):
    """What became of a message."""

    ACCEPTED = "accepted"
    DELAYED = "delayed"
    """Not taken now: try again."""
    REFUSED = "refused"
    """Not taken, and never will be."""
    UNCERTAIN = "uncertain"
    """Handed over whole or in part, and no answer came: it may be on its way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one message, with the server's words where it was not taken."""

    fate: Fate
    words: str = ""
    lost: bool = False
    """The session ended with it."""


class RelayUnreachable(PantauError):
    """The mail server does not answer, or does not let us in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """A mail server and how to reach it. `tls` is `none` on this machine alone."""

    host: str
    port: int
    tls: Tls = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0
    """Seconds for each answer."""
    local_hostname: str = "localhost"
    """What we call ourselves in EHLO: asked of nobody, because asking the network can take long."""

    def __post_init__(self) -> None:
        """Refuse to send letters and passwords in the clear over a network."""
        if self.tls == "none" and not _is_loopback(self.host):
            raise SettingError(
                f"PANTAU_SMTP_URL leads to {self.host} without TLS: plain SMTP is for this machine alone."
            )

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session; raises RelayUnreachable."""
        smtp = self._connect()
        try:
            yield Session(smtp)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        try:
            smtp = self._open()
            try:
                self._enter(smtp)
            except BaseException:
                smtp.close()
                raise
        except (smtplib.SMTPException, OSError) as error:
            raise RelayUnreachable(
                f"The mail server at {self.host}:{self.port} cannot be used ({_said(error)}); what waits is kept for the next try."
            ) from error
        return smtp

    def _open(self) -> smtplib.SMTP:
        if self.tls == "implicit":
            return smtplib.SMTP_SSL(
                self.host,
                self.port,
                self.local_hostname,
                timeout=self.timeout,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(self.host, self.port, self.local_hostname, timeout=self.timeout)

    def _enter(self, smtp: smtplib.SMTP) -> None:
        if self.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if self.user:
            smtp.login(self.user, self.password)
        smtp.ehlo_or_helo_if_needed()


@dataclass(slots=True)
class Session:
    """An open session with a mail server."""

    smtp: smtplib.SMTP

    def send(self, sender: str, recipient: str, content: bytes) -> Outcome:
        """Hand a message over for one recipient, and say what became of it."""
        try:
            refusal = self._envelope(sender, recipient)
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Fate.DELAYED, _said(error), lost=True)
        return refusal or self._letter(content)

    def _envelope(self, sender: str, recipient: str) -> Outcome | None:
        code, words = self.smtp.mail(sender)
        if code not in TAKEN:  # a fault of ours, not of the reader's address: it may be mended
            return self._turned_down(Fate.DELAYED, code, words)
        code, words = self.smtp.rcpt(recipient)
        return None if code in TAKEN else self._turned_down(_fate(code), code, words)

    def _letter(self, content: bytes) -> Outcome:
        try:
            code, words = self.smtp.data(content)
        except smtplib.SMTPDataError as error:  # DATA itself was not taken: no byte of the message went out
            return self._turned_down(_fate(error.smtp_code), error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Fate.UNCERTAIN, _said(error), lost=True)
        if code in TAKEN:
            return Outcome(Fate.ACCEPTED)
        if code not in range(400, 600):
            return Outcome(Fate.UNCERTAIN, f"The server's answer was none: {_told(code, words)}", lost=True)
        return self._turned_down(_fate(code), code, words)

    def _turned_down(self, fate: Fate, code: int, words: bytes | str) -> Outcome:
        said = _told(code, words)
        try:
            cleared = code in KNOWN and code != CLOSING and self.smtp.rset()[0] in TAKEN
        except (smtplib.SMTPException, OSError):
            cleared = False
        return Outcome(fate, said, lost=not cleared)


def _fate(code: int) -> Fate:
    return Fate.REFUSED if code in REFUSING else Fate.DELAYED


def _told(code: int, words: bytes | str) -> str:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return without_addresses(plain(f"{code} {said}" if code in KNOWN else said))


def _said(error: Exception) -> str:
    return without_addresses(plain(str(error)) or type(error).__name__)


def without_addresses(words: str) -> str:
    """Take mail addresses out of what a server said: it is kept, and shown in logs."""
    return shorten(re.sub(r"[^\s<>\"'(),:;]+@[^\s<>\"'(),:;]+", "…", words), MOST_WORDS)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
