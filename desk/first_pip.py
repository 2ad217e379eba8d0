"""Puts pip into an environment whose Python came without ensurepip, as Debian's does: run by the launcher, on the standard library alone."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import sysconfig
import zipfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import Request, urlopen

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
"""As https://pypi.org/project/pip/26.3/#files gives it."""

INDEX = "https://pypi.org/simple"
AS_JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}
"""PEP 691."""

SECONDS = 60


class NoPip(Exception):
    """The index does not give the wheel that is asked for; the sentence says what it gave."""


def fetched(index: str) -> bytes:
    """Give the pinned wheel from a package index; NoPip or an OSError where it cannot be had."""
    page = f"{index.rstrip('/')}/pip/"
    with urlopen(Request(page, headers=AS_JSON), timeout=SECONDS) as answer:  # noqa: S310 - the user's own index
        files = json.load(answer)["files"]
        base = answer.geturl()
    found = [file["url"] for file in files if file["filename"] == WHEEL]
    if not found:
        raise NoPip(f"{page} does not list {WHEEL}")
    with urlopen(urldefrag(urljoin(base, found[0])).url, timeout=SECONDS) as answer:  # noqa: S310
        wheel: bytes = answer.read()
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        raise NoPip(f"{found[0]} is not the {WHEEL} that Pantau knows")
    return wheel


def main() -> None:
    """Unpack pip beside this Python's packages."""
    index = os.environ.get("PIP_INDEX_URL", INDEX)
    try:
        wheel = fetched(index)
    except (NoPip, OSError, ValueError, KeyError) as error:
        sys.exit(f"pip could not be had from {index}: {error}")
    zipfile.ZipFile(io.BytesIO(wheel)).extractall(Path(sysconfig.get_path("purelib")))


if __name__ == "__main__":
    main()
