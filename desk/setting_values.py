"""How the text of a setting becomes its value; every reader raises ValueError where the text is not what it should be."""

from __future__ import annotations

import re
from datetime import time, timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import getaddresses
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import fsspec

LAST_PORT = 65535

MOST_A_SECOND = 1000
"""Mails a second: what one process cannot send anyway."""

LOCAL_WEB = re.compile(r"http://127\.0\.0\.1:\d{1,5}/?")
"""The reader's pages on this machine alone."""


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


def web_url(text: str) -> str:
    """Take an https address, or for a trial an http address of this machine's loopback interface, with its port."""
    return text.rstrip("/") if LOCAL_WEB.fullmatch(text) else https_url(text)


def contact(text: str) -> str:
    """Take an https address or a bare mail address."""
    return https_url(text) if "://" in text else mail_address(matching(r"[^\s<>,]+", text))


def host(text: str) -> str:
    """Take one name or address of a host."""
    return matching(r"[a-z0-9_.:-]+", text.lower())


def port(text: str) -> int:
    """Take a port, 0 for one that is free."""
    number = int(matching(r"[0-9]{1,5}", text))
    if number > LAST_PORT:
        raise ValueError(text)
    return number


def networks(text: str) -> tuple[str, ...]:
    """Take addresses or networks, parted by commas."""
    return tuple(str(ip_network(one.strip())) for one in text.split(",") if one.strip())


def timezone(text: str) -> ZoneInfo:
    """Take an IANA name."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(text) from None


def clock(text: str) -> time:
    """Take an hour and minute, `06:00`."""
    return time.fromisoformat(matching(r"\d\d:\d\d", text))


def switch(text: str) -> bool:
    """Take `on` or `off`."""
    return matching("on|off", text) == "on"


def days(text: str) -> timedelta:
    """Take a number of days, from 1 up."""
    return timedelta(days=int(matching("[1-9][0-9]{0,3}", text)))


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


def whole_number(text: str, most: int) -> int:
    """Take a number from 1 to `most`."""
    number = int(matching(r"[0-9]{1,4}", text))
    if not 1 <= number <= most:
        raise ValueError(text)
    return number


def rate(text: str) -> float:
    """Take a positive number up to 1000, `2` or `0.5`."""
    number = float(matching(r"[0-9]{1,4}(\.[0-9]{1,3})?", text))
    if not 0 < number <= MOST_A_SECOND:
        raise ValueError(text)
    return number


def yes_or_no(text: str) -> bool:
    """Take `yes` or `no`."""
    return matching(r"yes|no", text) == "yes"


def host_name(text: str) -> str:
    """Take a domain, in lower case."""
    return matching(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", text.lower())


def selector(text: str) -> str:
    """Take a DKIM selector: labels of a host name, parted by dots (RFC 6376)."""
    return matching(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*", text.lower())
