"""Where mails that came back are read: a file, an mbox, a Maildir, standard input, or an IMAP mailbox."""

from __future__ import annotations

import email
import mailbox
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFlagError

from desk.addresses import is_loopback
from processing.errors import PantauError

HANDLED = "Handled"
"""The folder that a mail is moved to when it was handled; of an mbox, the file beside it with `.handled` at its end."""

LEFT = "PantauLeft"
"""The keyword of a mail in an IMAP mailbox that was not understood: it is not read again."""

SECONDS = 30.0
"""How long an IMAP server may take for an answer."""

PORTS = {"imap": 143, "imaps": 993}


class MailboxUnreachable(PantauError):
    """The mailbox cannot be reached or read."""


def nothing() -> None:
    """Do nothing: a file that was given stays where it is."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail, how a person finds it, and what is to be done once it was handled, or left."""

    name: str
    message: Message
    file: Callable[[], object] = nothing
    leave: Callable[[], object] = nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapMailbox:
    """A folder of an IMAP mailbox; without TLS on this machine alone."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"

    @contextmanager
    def mails(self) -> Iterator[Iterator[Incoming]]:
        """Give the mails that were not read yet. Raises MailboxUnreachable."""
        try:
            with self._opened().login(self.user, self.password, self.folder) as box:
                yield self._unread(box)
        except (ImapToolsError, IMAP4.error, OSError) as error:
            raise MailboxUnreachable(
                f"The mailbox {self.folder} at {self.host}:{self.port} cannot be read ({type(error).__name__});"
                " check PANTAU_MAILBOX_URL and that it runs."
            ) from error

    def _opened(self) -> BaseMailBox:
        if self.tls:
            return MailBox(self.host, self.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
        return MailBoxUnencrypted(self.host, self.port, timeout=SECONDS)

    def _unread(self, box: BaseMailBox) -> Iterator[Incoming]:
        if not box.folder.exists(HANDLED):
            box.folder.create(HANDLED)
        for uid in box.uids(AND(no_keyword=LEFT)):
            for mail in box.fetch(uid_list=[uid], mark_seen=False):
                yield Incoming(
                    f"UID {uid}",
                    mail.obj,
                    file=partial(box.move, [uid], HANDLED),
                    leave=partial(_flag, box, uid),
                )


def _flag(box: BaseMailBox, uid: str) -> None:
    """Note on the server that a mail was left; where it keeps no keywords, the mail is named each time."""
    with suppress(MailboxFlagError):
        box.flag([uid], [LEFT], True)


def mailbox_address(address: str) -> ImapMailbox:
    """Read `imaps://user:password@host:port/INBOX`; `imap` for this machine alone. Raises ValueError where it is none."""
    parts = urlsplit(address)
    local = bool(parts.hostname) and is_loopback(parts.hostname or "")
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or parts.query or parts.fragment:
        raise ValueError(parts.scheme)
    if parts.scheme == "imap" and not local:
        raise ValueError(parts.scheme)
    return ImapMailbox(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        tls=parts.scheme == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


@contextmanager
def mails_of(source: str) -> Iterator[Iterator[Incoming]]:
    """Give the mails of a file (one mail, or an mbox), of a Maildir, or of standard input (`-`). Raises PantauError."""
    if source == "-":
        with tempfile.NamedTemporaryFile(prefix="pantau-mail-") as file:
            file.write(sys.stdin.buffer.read())
            file.flush()
            yield _only_read(Path(file.name), "standard input")
        return
    path = Path(source)
    if path.is_dir() and (path / "cur").is_dir():
        yield _maildir(path)
    elif path.is_file() and _is_mbox(path):
        with closing(mailbox.mbox(path, create=False)) as box:
            box.lock()
            yield _mbox(box, path)
    elif path.is_file():
        yield _only_read(path, path.name)
    else:
        raise PantauError(
            f"There is no mail to read at {source}: give a file, an mbox, a Maildir, or - for standard input."
        )


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _only_read(path: Path, name: str) -> Iterator[Incoming]:
    """Give the mails of a file that is left as it is."""
    if _is_mbox(path):
        with closing(mailbox.mbox(path, create=False)) as box:
            yield from (Incoming(f"{name}, mail {number}", mail) for number, mail in enumerate(box, 1))
    else:
        yield Incoming(name, email.message_from_bytes(path.read_bytes()))


def _mbox(box: mailbox.mbox, path: Path) -> Iterator[Incoming]:
    with closing(mailbox.mbox(path.with_name(f"{path.name}.handled"))) as handled:
        for number, key in enumerate(box.keys(), 1):
            yield Incoming(f"{path.name}, mail {number}", box[key], file=partial(_move, box, key, handled))


def _maildir(path: Path) -> Iterator[Incoming]:
    box = mailbox.Maildir(path, create=False)
    handled = box.add_folder(HANDLED)
    for key in sorted(box.keys()):
        yield Incoming(f"{path.name}, {key}", box[key], file=partial(_move, box, key, handled))


def _move(box: mailbox.mbox | mailbox.Maildir, key: str, to: mailbox.mbox | mailbox.Maildir) -> None:
    """Move a mail: it is in the new place before it leaves the old."""
    to.add(box.get_bytes(key))
    to.flush()
    box.remove(key)
    box.flush()
