"""Pip for a Python without ensurepip: its wheel is taken from an index, by its hash."""

from __future__ import annotations

import hashlib
import io
import json
import sysconfig
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desk import first_pip


def a_wheel() -> bytes:
    """Give a wheel of one module."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as wheel:
        wheel.writestr("pip/__init__.py", "told = True\n")
    return held.getvalue()


@pytest.fixture
def index(monkeypatch):
    """Serve an index with one wheel, whose hash is the pinned one, beside links that are relative to the page."""
    wheel = a_wheel()
    listed = [{"filename": first_pip.WHEEL, "url": "../../files/it.whl#sha256=0"}]

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bodies = {"/simple/pip/": json.dumps({"files": listed}).encode(), "/files/it.whl": wheel}
            body = bodies.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(first_pip, "SHA256", hashlib.sha256(wheel).hexdigest())
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple/")
    yield listed
    server.shutdown()


def test_pip_is_unpacked_beside_the_packages(index, tmp_path, monkeypatch):
    """What the index links relative to its page is found."""
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    first_pip.main()
    assert (tmp_path / "pip/__init__.py").read_text() == "told = True\n"


def test_another_file_under_its_name_is_refused(index, monkeypatch):
    """The hash decides."""
    monkeypatch.setattr(first_pip, "SHA256", "0" * 64)
    with pytest.raises(SystemExit, match=r"could not be had from .*is not the pip-.*that Pantau knows"):
        first_pip.main()


def test_an_index_without_it_is_told(index):
    """So is one that is away."""
    index.clear()
    with pytest.raises(SystemExit, match="does not list pip-"):
        first_pip.main()


def test_an_index_that_is_away_is_told(monkeypatch):
    """One sentence, no traceback."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(SystemExit, match=r"pip could not be had from http://127\.0\.0\.1:9/simple"):
        first_pip.main()
