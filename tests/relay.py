"""A mail server for tests that refuses or drops the line, as it is told for each address."""

from __future__ import annotations

from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from desk.mailbox import LoopbackController


class Relay:
    """Takes SMTP on the loopback interface; `accepted` are the envelopes it took, in order, `seen` all that came to their end.

    `answers` gives the reply to RCPT for an address, `after_data` what happens to a message once it is whole: a reply, or
    `drop` (taken, and the line cut before the answer). `sessions` is how many it lets in before it turns others away.
    """

    def __init__(
        self, answers: dict[str, str] | None = None, after_data: dict[str, str] | None = None, sessions: int = 100
    ) -> None:
        self.sessions = sessions
        self._open: set[Session] = set()
        self.answers = answers or {}
        self.after_data = after_data or {}
        self.accepted: list[Envelope] = []
        self.seen: list[Envelope] = []
        self._server = LoopbackController(self, hostname="127.0.0.1", port=0, server_hostname="localhost")

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.port

    @property
    def recipients(self) -> list[str]:
        """The addresses of all messages taken."""
        return [address for envelope in self.accepted for address in envelope.rcpt_tos]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Answer EHLO; when so many sessions have come, the next is turned away."""
        if len(self._open) >= self.sessions:
            return ["421 too many sessions"]
        self._open.add(session)
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        if "from" in self.answers:
            return self.answers["from"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Answer a whole message."""
        self.seen.append(envelope)
        action = self.after_data.get(envelope.rcpt_tos[0], "250 taken")
        if action[0].isdigit() and not action.startswith("2"):
            return action
        self.accepted.append(envelope)
        if action == "drop":
            server.transport.abort()
        return "250 taken"
