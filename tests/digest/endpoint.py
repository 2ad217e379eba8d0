"""A stand-in for an OpenAI-compatible endpoint: a real HTTP server on the loopback that answers as a test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Answer = Callable[[dict[str, Any]], Any]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that have gone: some tests are about that."""


class FakeEndpoint:
    """Answers each request with what `answer` gives for it: a text, bytes to send as they are, or a status; keeps what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._answer = answer
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.paths.append(self.path)
                endpoint.headers.append(dict(self.headers))
                endpoint.asked.append(body)
                given = endpoint._answer(body)
                if isinstance(given, int):
                    self.send_response(given)
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                for part in given if isinstance(given, list) else [given]:
                    self.wfile.write(part if isinstance(part, bytes) else completion(part))
                    self.wfile.flush()
                    if isinstance(given, list):
                        time.sleep(0.1)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def completion(text: str, finish: str = "stop") -> bytes:
    """Write an answer as such endpoints do."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode()


def question(body: dict[str, Any]) -> dict[str, str]:
    """Read what was asked of the model from a request."""
    return json.loads(body["messages"][-1]["content"])
