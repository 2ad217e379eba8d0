"""Answers that are no article, told by their head and first bytes: challenge pages, other types, garbage, nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from processing.bounds import LONG_TAG, MAX_ATTRIBUTES, overloaded
from processing.model import Fate

if TYPE_CHECKING:
    from scrapy.http import Response

OK = 200
REFUSALS = {401, 403, 451}
"""Answers that refuse whoever asks; 429 asks for patience first."""

HEAD = 30_000
"""Bytes in which a challenge page shows itself; an article that writes about them is longer than they are."""

GUARDS = {
    "Cloudflare": re.compile(
        rb"<title>(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)|/cdn-cgi/challenge-platform/h/"
    ),
    "DataDome": re.compile(rb"captcha-delivery\.com/(?:c|captcha)"),
    "Imperva": re.compile(rb"_Incapsula_Resource\?[^>]*incident_id|Request unsuccessful\. Incapsula"),
    "PerimeterX": re.compile(rb"<div id=.px-captcha|window\._pxAppId"),
    "Sucuri": re.compile(rb"<title>Sucuri WebSite Firewall"),
    "AWS WAF": re.compile(rb"awsWafCookieDomainList|window\.gokuProps"),
    "Akamai": re.compile(rb"<title>Access Denied</title>[\s\S]{0,400}errors\.edgesuite\.net"),
}
"""What pages that stand in an article's place say, by who serves them."""

PAGE_TYPES = {"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"}
"""Content types that an article comes in; outlets that send none, or plain text, are seen."""

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
WIDE = ("utf-16", "utf-32")


def challenge(response: Response) -> str:
    """Name the guard whose challenge page this is, or nothing."""
    if response.headers.get("cf-mitigated") == b"challenge":
        return "Cloudflare"
    if len(response.body) > HEAD and response.status == OK:
        return ""
    return next((guard for guard, words in GUARDS.items() if words.search(response.body[:HEAD])), "")


def no_page(response: Response) -> tuple[Fate, str] | None:
    """Give the fate and reason of an answer that cannot be a page; None where it can."""
    if (guard := challenge(response)) or response.status != OK:
        return Fate.FAILED, f"HTTP {response.status}{guard and f', a challenge page ({guard})'}"
    said = (response.headers.get("Content-Type") or b"").decode("latin-1")
    kind = said.partition(";")[0].strip().lower()
    if not response.body.strip():
        return Fate.FAILED, "the page is empty"
    if kind not in PAGE_TYPES:
        return Fate.REJECTED, f"it is {kind[:80]}, not a page"
    if CONTROL.search(response.body[:HEAD]) and not _wide(said, response.body):
        return Fate.QUARANTINED, "its bytes are not text"
    if overloaded(response.body, large=LONG_TAG):
        return Fate.QUARANTINED, f"a tag of it has more than {MAX_ATTRIBUTES} attributes"
    return None


def _wide(content_type: str, body: bytes) -> bool:
    """Tell whether a page declares an encoding in which zero bytes are text."""
    encoding = read_bom(body)[0] or http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    return (encoding or "").startswith(WIDE)
