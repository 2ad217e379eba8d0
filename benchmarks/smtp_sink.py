"""A mail server for benchmarks, in a process of its own: takes everything, keeps nothing, and counts.

    python benchmarks/smtp_sink.py

Prints its port, and when its input ends the number of messages that it took and how many of them were distinct.
"""

from __future__ import annotations

import asyncio
import sys

REPLIES = {b"EHLO": b"250 sink\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Sink(asyncio.Protocol):
    """One session."""

    taken = 0
    recipients: set[bytes] = set()  # noqa: RUF012 - all sessions' together

    def __init__(self) -> None:
        self.buffer, self.in_data = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer each line, and each message at its end."""
        self.buffer += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            line, found, rest = self.buffer.partition(end)
            if not found:
                return
            self.buffer = rest
            if self.in_data:
                self.in_data, Sink.taken = False, Sink.taken + 1
                self.transport.write(b"250 taken\r\n")
                continue
            verb = line[:4].upper()
            if verb == b"RCPT":
                Sink.recipients.add(line)
            self.in_data = verb == b"DATA"
            self.transport.write(REPLIES.get(verb, b"250 ok\r\n"))


async def main() -> None:
    """Serve until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(Sink.taken, len(Sink.recipients), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
