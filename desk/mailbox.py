"""A mailbox on this machine: takes what SMTP brings and keeps it as files that one can open."""

from __future__ import annotations

import email
import json
import re
from asyncio import Server
from dataclasses import asdict, dataclass
from email import policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PARTS = {"html": ".html", "plain": ".txt"}
"""Subtypes of a message's text parts, and the names under which they lie beside it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The envelope of one delivery."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A message in the mailbox. Brought again, it is the same message with one more delivery."""

    eml: Path
    number: int
    """Its place in order of first arrival, from 1."""
    deliveries: tuple[Delivery, ...]

    @property
    def html(self) -> Path | None:
        """The HTML part's file, if the message has one."""
        return self._part("html")

    @property
    def text(self) -> Path | None:
        """The text part's file, if the message has one."""
        return self._part("plain")

    @property
    def message(self) -> EmailMessage:
        """The message itself, parsed."""
        return email.message_from_bytes(self.eml.read_bytes(), policy=policy.default)

    def _part(self, subtype: str) -> Path | None:
        path = self.eml.with_suffix(PARTS[subtype])
        return path if path.exists() else None


class Mailbox:
    """An SMTP server on the loopback interface, in a thread of its own, that keeps each message in a folder.

    A message is `NAME.eml`, with its parts `NAME.html` and `NAME.txt`, and its envelopes in `NAME.json`; the name comes
    from its Message-ID.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: LoopbackController | None = None

    @property
    def url(self) -> str:
        """The address to send to, as PANTAU_SMTP_URL takes it."""
        if self._server is None:
            raise RuntimeError("the mailbox has no address before it is started")
        return f"smtp://127.0.0.1:{self._server.port}"

    def start(self) -> None:
        """Listen on a free port."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # With its name given, the server does not ask the network for it.
        self._server = LoopbackController(self, hostname="127.0.0.1", port=0, server_hostname="localhost")
        self._server.start()

    def stop(self) -> None:
        """Listen no more; what was received stays."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def messages(self) -> list[Received]:
        """Return what was received, also by earlier mailboxes in this folder, in order of first arrival."""
        received = [received for eml in self.folder.glob("*.eml") if (received := self._received(eml))]
        return sorted(received, key=lambda message: message.number)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        """Keep a message; called by aiosmtpd in its own thread, one message at a time."""
        content = envelope.original_content or b""
        self._keep(content, Delivery(envelope.mail_from or "", tuple(envelope.rcpt_tos)))
        return "250 kept"

    def _keep(self, content: bytes, delivery: Delivery) -> None:
        """Write a message's files, the message last: what has its `.eml` is whole."""
        message = email.message_from_bytes(content, policy=policy.default)
        eml = self.folder / f"{file_name(message['Message-ID'], content)}.eml"
        known = self._received(eml)
        number = known.number if known else len(self.messages()) + 1
        deliveries = [*(known.deliveries if known else ()), delivery]
        for subtype, suffix in PARTS.items():
            part = message.get_body(preferencelist=(subtype,))
            if part is not None:
                write_whole(eml.with_suffix(suffix), part.get_content().encode("utf-8", "replace"))
        sidecar = {"number": number, "deliveries": [asdict(each) for each in deliveries]}
        write_whole(eml.with_suffix(".json"), json.dumps(sidecar, ensure_ascii=False, indent=1).encode())
        write_whole(eml, content)

    @staticmethod
    def _received(eml: Path) -> Received | None:
        """Read what is known of a message; None where it is not one of ours."""
        sidecar = eml.with_suffix(".json")
        if not (eml.exists() and sidecar.exists()):
            return None
        known = json.loads(sidecar.read_text("utf-8"))
        deliveries = tuple(Delivery(each["sender"], tuple(each["recipients"])) for each in known["deliveries"])
        return Received(eml, known["number"], deliveries)


class LoopbackController(Controller):
    """aiosmtpd's server with port 0: it looks up its port before its own probe needs it."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def file_name(message_id: str | None, content: bytes) -> str:
    """Return a name for a message: its Message-ID where that is plain, otherwise what is plain of it and a digest."""
    name = (message_id or "").strip().strip("<>")
    if re.fullmatch(r"\w[\w.@+=-]{0,119}", name, re.ASCII):
        return name
    plain = re.sub(r"[^\w@+=-]+", "_", name, flags=re.ASCII)[:80]
    return f"{plain or 'no-id'}-{sha256(name.encode(errors='replace') or content).hexdigest()[:12]}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no one sees half of it."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
