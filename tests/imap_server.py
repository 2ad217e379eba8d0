"""An IMAP server for tests, of Twisted's parts: one account, its mailboxes in memory, in a process of its own, over TLS or not.

`python tests/imap_server.py FOLDER [CERTIFICATE]` puts the `.eml` files of a folder into INBOX and prints its port.
"""

# ruff: noqa: D102, N802 - the methods are those of Twisted's interfaces, and are described there

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import IRealm, Portal
from twisted.internet import reactor, ssl
from twisted.internet.protocol import ServerFactory
from twisted.mail import imap4
from zope.interface import implementer

USER, PASSWORD = "pantau", "rahasia kotak"


@implementer(imap4.IMessage)
class Stored:
    """A message in a mailbox."""

    def __init__(self, uid: int, content: bytes, flags: set[str]) -> None:
        self.uid, self.content, self.flags = uid, content, flags

    def getUID(self) -> int:
        return self.uid

    def getFlags(self) -> list[str]:
        return sorted(self.flags)

    def getInternalDate(self) -> str:
        return "22-Nov-2026 06:00:00 +0700"

    def getSize(self) -> int:
        return len(self.content)

    def getHeaders(self, negate: bool, *names: str) -> dict[str, str]:
        head = self.content.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("latin-1").split("\n")
        fields = dict(line.partition(": ")[::2] for line in head if ": " in line)
        wanted = {name.lower() for name in names}
        return {name.lower(): value for name, value in fields.items() if (name.lower() in wanted) != negate}

    def getBodyFile(self) -> BytesIO:
        return BytesIO(self.content.replace(b"\r\n", b"\n").partition(b"\n\n")[2])

    def isMultipart(self) -> bool:
        return False


@implementer(imap4.IMessageFile)
class Whole(Stored):
    """A message that is given as it is."""

    def open(self) -> BytesIO:
        return BytesIO(self.content)


@implementer(imap4.IMailbox)
class Box:
    """A mailbox; what is deleted goes when it is expunged."""

    def __init__(self) -> None:
        self.messages: list[Whole] = []
        self.next = 1
        self.listeners: list[object] = []

    def getFlags(self) -> list[str]:
        return ["\\Seen", "\\Deleted", "PantauLeft"]

    def getHierarchicalDelimiter(self) -> str:
        return "/"

    def getUIDValidity(self) -> int:
        return 1

    def getUIDNext(self) -> int:
        return self.next

    def getUID(self, number: int) -> int:
        return self.messages[number - 1].uid

    def getMessageCount(self) -> int:
        return len(self.messages)

    def getRecentCount(self) -> int:
        return 0

    def getUnseenCount(self) -> int:
        return sum("\\Seen" not in message.flags for message in self.messages)

    def isWriteable(self) -> bool:
        return True

    def requestStatus(self, names: list[str]) -> dict[str, int]:
        return imap4.statusRequestHelper(self, names)

    def addListener(self, listener: object) -> None:
        self.listeners.append(listener)

    def removeListener(self, listener: object) -> None:
        self.listeners.remove(listener)

    def addMessage(self, message: BytesIO, flags: tuple[str, ...] = (), date: object = None) -> int:
        self.messages.append(Whole(self.next, message.read(), set(flags)))
        self.next += 1
        return self.next - 1

    def expunge(self) -> list[int]:
        gone = [number for number, message in enumerate(self.messages, 1) if "\\Deleted" in message.flags]
        self.messages = [message for message in self.messages if "\\Deleted" not in message.flags]
        return gone

    def _chosen(self, numbers: imap4.MessageSet, uid: bool) -> list[tuple[int, Whole]]:
        numbers.last = self.next - 1 if uid else len(self.messages)
        return [(n, m) for n, m in enumerate(self.messages, 1) if (m.uid if uid else n) in numbers]

    def fetch(self, numbers: imap4.MessageSet, uid: bool) -> list[tuple[int, Whole]]:
        return self._chosen(numbers, uid)

    def store(self, numbers: imap4.MessageSet, flags: list[object], mode: int, uid: bool) -> dict[int, list[str]]:
        given = {flag.decode() if isinstance(flag, bytes) else str(flag) for flag in flags}
        changed = {}
        for number, message in self._chosen(numbers, uid):
            kept = message.flags if mode else set()
            message.flags = kept - given if mode < 0 else kept | given
            changed[number] = sorted(message.flags)
        return changed


class Server(imap4.IMAP4Server):
    """Twisted's server, and keywords, which it does not search for (RFC 3501)."""

    def search_KEYWORD(self, query: list[bytes], _number: int, message: Whole) -> bool:
        return query.pop(0).decode() in message.flags

    def search_UNKEYWORD(self, query: list[bytes], number: int, message: Whole) -> bool:
        return not self.search_KEYWORD(query, number, message)


class Account(imap4.MemoryAccount):
    """An account whose mailboxes are made empty."""

    def _emptyMailbox(self, _name: str, _id: int) -> Box:
        return Box()


@implementer(IRealm)
class Realm:
    """Gives everybody the one account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def requestAvatar(self, _who: object, _mind: object, *_: object) -> tuple[object, Account, object]:
        return imap4.IAccount, self.account, lambda: None


def main(folder: Path, certificate: Path | None) -> None:
    """Serve until killed."""
    account = Account(USER)
    account.addMailbox("INBOX")
    for file in sorted(folder.glob("*.eml")):
        account.mailboxes["INBOX"].addMessage(BytesIO(file.read_bytes()))
    portal = Portal(Realm(account), [InMemoryUsernamePasswordDatabaseDontUse(**{USER: PASSWORD.encode()})])

    class Factory(ServerFactory):
        def buildProtocol(self, _address: object) -> Server:
            server = Server()
            server.portal = portal
            return server

    if certificate:
        context = ssl.DefaultOpenSSLContextFactory(str(certificate), str(certificate))
        port = reactor.listenSSL(0, Factory(), context, interface="127.0.0.1")
    else:
        port = reactor.listenTCP(0, Factory(), interface="127.0.0.1")
    print(port.getHost().port, flush=True)  # noqa: T201
    reactor.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
