"""Addresses: one for each article, and only such as are safe to give to a reader."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

TRACKING = re.compile(
    r"""^(?: utm_\w+ | at_\w+ | ns_\w+ | mc_[ce]id | _ga | _gl | _hs\w+ | (?:fb|g|d|ms|y|tt|tw|li_?fat_?)cl?id
        | gbraid | wbraid | igshid? | cmpid | cmp | ocid | ftag | smid | sref | ref(?:errer)? | source | src
        | tag_from | traffic_source | spm | maca | jxrec\w* )$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Query keys that say where a reader came from: those of campaigns, of click counters, and of outlets' own links
(BBC `at_`, `ns_`; CNN Indonesia `tag_from`; Deutsche Welle `maca`; Kompas `source`, `jxrec`)."""

PRESENTATION = re.compile(
    r"^(?:page=(?:\d+|all|full)|single=1|(?:amp|print|nocache)(?:=.*)?|outputtype=amp)$", re.IGNORECASE
)
"""Query pairs that show one article in another form: a part of it, all of it, AMP, print."""

AMP_PATH = re.compile(r"(?:/amp|\.amp)/?$", re.IGNORECASE)
BARE_DOMAIN = re.compile(r"^[^.]+\.(?:[^.]+|(?:co|com|net|or|org|go|ac|web|my)\.[a-z]{2})$")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """Give the one address of what `url` shows: https, without tracking, fragment, AMP or mobile form, trailing slash.

    An address with a port of its own keeps its scheme. What is not an http(s) address comes back as it was.
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not parts.netloc:
        return url
    host = parts.netloc.rpartition("@")[2].removesuffix(DEFAULT_PORTS[parts.scheme])
    scheme = parts.scheme if re.search(r":\d+$", host) else "https"
    path = AMP_PATH.sub("", parts.path).rstrip("/") or "/"
    return urlunsplit(SplitResult(scheme, _desktop_host(host), path, _meaningful(parts.query), ""))


def untracked_url(url: str) -> str:
    """Give the address to ask for: as it was given, but without tracking and fragment (Kompas forbids `?source=`)."""
    parts = urlsplit(url.strip())
    query = "&".join(pair for pair in parts.query.split("&") if not TRACKING.match(pair.partition("=")[0]))
    return urlunsplit(parts._replace(query=query, fragment=""))


def web_url(url: str) -> str | None:
    """Give `url`, percent-encoded; None where it is not an absolute http(s) address, or has credentials or odd characters."""
    url = url.strip(" \t\r\n")
    if "\\" in url or any(unicodedata.category(character)[0] in "CZ" for character in url):
        return None
    try:
        parts = urlsplit(url)
        sound = parts.scheme in DEFAULT_PORTS and parts.hostname and "@" not in parts.netloc and parts.port != 0
        return safe_url_string(url) if sound else None
    except ValueError:
        return None


def _desktop_host(host: str) -> str:
    """Turn `m.detik.com` into `www.detik.com`, and `m.news.viva.co.id` into `news.viva.co.id`."""
    mobile, _, rest = host.partition(".")
    if mobile != "m" or "." not in rest:
        return host
    return f"www.{rest}" if BARE_DOMAIN.match(rest) else rest


def _meaningful(query: str) -> str:
    """Keep the pairs of a query that choose what is shown."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not (TRACKING.match(pair[0]) or PRESENTATION.match("=".join(pair)))]
    return urlencode(kept)
