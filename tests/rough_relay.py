"""A mail server for tests that goes wrong at one step of a session: it refuses, drops the line, stalls, stammers or talks nonsense."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable
from typing import BinaryIO, Self

STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "answer", "RSET", "QUIT")
"""Where a session can go wrong: before each reply; `body` is half-way through a message, `answer` after all of it."""

USUAL = {"greeting": "220 rough", "EHLO": "250 rough", "DATA": "354 go on", "QUIT": "221 bye"}

FAULTS = {
    "put off": b"451 4.3.0 not now\r\n",
    "refuse": b"554 5.7.1 never\r\n",
    "close": b"421 4.3.2 closing\r\n",
    "garbage": b"\xff\xfe\x00 what is this\r\n",
    "no number": b"okay\r\n",
    "wrong number": b"999 hm\r\n",
    "endless": b"250-" + b"x" * 20_000 + b"\r\n",
    "drop": None,
    "stall": None,
    "stammer": None,
}
"""What it does instead of its usual reply."""

TURNED_DOWN = ("put off", "refuse", "close")
"""Answers to a message that say that it was not taken."""


class Gone(Exception):
    """The line was cut."""


class RoughRelay:
    """Takes SMTP on the loopback interface, one thread a session; `taken` are the recipients of the messages that it has whole.

    At the `nth` time that a session comes to `stage`, counted from 1 over all sessions, it does `fault`: one of FAULTS, or a
    function that is called before the usual reply.
    """

    def __init__(self, stage: str = "", fault: str | Callable[[], None] = "", nth: int = 2) -> None:
        self.stage, self.fault, self.nth = stage, fault, nth
        self.taken: list[str] = []
        self.times = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with contextlib.suppress(OSError):  # wakes accept
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(OSError):
                line, _ = self._listener.accept()
                threading.Thread(target=self._session, args=(line,), daemon=True).start()

    def _session(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as words, contextlib.suppress(Gone, OSError):
            self._reply(line, "greeting")
            recipient = ""
            while order := words.readline():
                verb = order[:4].upper().decode("ascii", "replace").strip()
                if found := re.match(rb"RCPT TO:<(.*)>", order, re.IGNORECASE):
                    recipient = found[1].decode()
                if self._reply(line, verb) and verb == "DATA":
                    self._take(line, words, recipient)
                if verb == "QUIT":
                    return

    def _take(self, line: socket.socket, words: BinaryIO, recipient: str) -> None:
        """Read a message to its end; one that is cut off is not taken."""
        begun = words.readline()
        self._go_wrong(line, self._due("body"))
        text = begun
        while text not in {b".\r\n", b""}:
            text = words.readline()
        if text:
            turned_down = self.stage == "answer" and self.fault in TURNED_DOWN and self.times + 1 == self.nth
            with self._lock:
                self.taken += [] if turned_down else [recipient]
            self._reply(line, "answer")

    def _reply(self, line: socket.socket, stage: str) -> bool:
        """Reply, as usual or not, and tell whether it was as usual."""
        usual = f"{USUAL.get(stage, '250 ok')}\r\n".encode()
        fault = self._due(stage)
        if fault == "stammer":
            for byte in usual:
                line.sendall(bytes([byte]))
                time.sleep(0.005)
            return True
        said = self._go_wrong(line, fault)
        line.sendall(said or usual)
        if fault == "close":
            raise Gone
        return not said

    def _due(self, stage: str) -> str:
        """Give the fault that is due now, or nothing; a function is called."""
        with self._lock:
            self.times += stage == self.stage
            if stage != self.stage or self.times != self.nth:
                return ""
        if isinstance(self.fault, str):
            return self.fault
        self.fault()
        return ""

    def _go_wrong(self, line: socket.socket, fault: str) -> bytes:
        """Give what is said instead of the usual reply, if anything is said at all."""
        if fault == "stall":
            self._over.wait(10)
        if fault in {"drop", "stall"}:
            line.shutdown(socket.SHUT_RDWR)
            raise Gone
        return FAULTS.get(fault, b"") or b""
