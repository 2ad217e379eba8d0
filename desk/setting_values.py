"""How the text of a setting becomes its value; every reader raises ValueError where the text is not what it should be."""

from __future__ import annotations

import re
from datetime import time
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import fsspec


def line(text: str) -> str:
    """Take one line that may stand in a mail's header."""
    if not text.isprintable():
        raise ValueError(text)
    return text


def matching(pattern: str, text: str) -> str:
    """Take a text that matches as a whole."""
    if not re.fullmatch(pattern, text):
        raise ValueError(text)
    return text


def language(text: str) -> str:
    """Take a language that digests are written in."""
    return matching("id|en", text)


def mail_address(text: str) -> str:
    """Take one mail address, with a name (`Pantau <pantau@example.org>`) or without."""
    found = getaddresses([line(text)])
    if len(found) != 1 or "@" not in found[0][1]:
        raise ValueError(text)
    try:
        Address(addr_spec=found[0][1])
    except (HeaderParseError, IndexError):
        raise ValueError(text) from None
    return text


def https_url(text: str) -> str:
    """Take an https address; a slash at its end goes."""
    parts = urlsplit(line(text))
    if parts.scheme != "https" or not parts.hostname or " " in text or parts.username is not None:
        raise ValueError(text)
    return text.rstrip("/")


def https_or_loopback(text: str) -> str:
    """Take an https address, or an http one that leads to this machine itself."""
    parts = urlsplit(line(text))
    if parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"} and parts.username is None:
        return text.rstrip("/")
    return https_url(text)


def contact(text: str) -> str:
    """Take an https address or a bare mail address."""
    return https_url(text) if "://" in text else mail_address(matching(r"[^\s<>,]+", text))


def timezone(text: str) -> ZoneInfo:
    """Take an IANA name."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(text) from None


def clock(text: str) -> time:
    """Take an hour and minute, `06:00`."""
    return time.fromisoformat(matching(r"\d\d:\d\d", text))


def place(text: str) -> str:
    """Take an fsspec URI whose file system is installed, or a folder, which is made absolute."""
    if "://" not in text:
        return str(Path(text).expanduser().absolute())
    try:
        fsspec.get_filesystem_class(text.partition("://")[0])
    except ImportError:
        raise ValueError(text) from None
    return text


def existing_path(text: str) -> Path:
    """Take a file or folder that is there."""
    path = Path(text).expanduser().absolute()
    if not path.exists():
        raise ValueError(text)
    return path


def existing_file(text: str) -> Path:
    """Take a file that is there."""
    path = existing_path(text)
    if not path.is_file():
        raise ValueError(text)
    return path


def names(text: str) -> tuple[str, ...]:
    """Take names of outlets, parted by commas; blanks around them do not matter."""
    return tuple(matching(r"[a-z0-9_]+", name.strip()) for name in text.split(",") if name.strip())


def hosts(text: str) -> tuple[str, ...]:
    """Take names or addresses of hosts, without ports, parted by commas; they come in lower case."""
    return tuple(matching(r"[a-z0-9_.:-]+", name.strip().lower()) for name in text.split(",") if name.strip())
