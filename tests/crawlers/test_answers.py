"""What an answer's head and first bytes tell."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from crawlers.answers import challenge, no_page
from crawlers.backoff import retry_after
from processing.bounds import LARGE, MAX_ATTRIBUTES, overloaded
from processing.model import Fate

NOW = "Fri, 20 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Fri, 20 Nov 2026 10:02:00 GMT", "Date": NOW}, 120),
        ({"Retry-After": "Fri, 20 Nov 2026 09:00:00 GMT", "Date": NOW}, 0),
        ({"Retry-After": "Fri, 20 Nov 2026 10:02:00 GMT"}, None),
        ({"Retry-After": "9" * 5_000}, 999_999_999),
        ({"Retry-After": "soon", "Date": NOW}, None),
        ({"Retry-After": "-5"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers, seconds):
    """A date counts from the answer's own, so that no clock is asked; what is neither says nothing."""
    assert retry_after(Response("https://x.org/", headers=headers)) == seconds


@pytest.mark.parametrize(
    ("headers", "body", "guard"),
    [
        ({"cf-mitigated": "challenge"}, b"x", "Cloudflare"),
        ({}, b"<html><head><title>Just a moment...</title>", "Cloudflare"),
        ({}, b"<script src='https://geo.captcha-delivery.com/captcha/?x'>", "DataDome"),
        ({}, b"<p>The minister asked for just a moment... of silence.</p>", ""),
        ({}, b"<title>Just a moment...</title>" + b"<p>An article on waiting.</p>" * 2_000, ""),
    ],
)
def test_a_challenge_page_is_told_by_its_guard(headers, body, guard):
    """Words of an article, and a long page of that title, are no challenge."""
    assert challenge(Response("https://x.org/", headers=headers, body=body)) == guard


def test_wide_encodings_are_text():
    """The zero bytes of UTF-16 are not garbage where the page declares them."""
    body = "<html><p>Kapal</p></html>".encode("utf-16")
    assert no_page(Response("https://x.org/", headers={"Content-Type": "text/html"}, body=body)) is None
    assert no_page(Response("https://x.org/", headers={"Content-Type": "text/html"}, body=b"<p>\x00\x01")) == (
        Fate.QUARANTINED,
        "its bytes are not text",
    )


def test_long_stretches_of_text_or_script_are_no_tag():
    """Words are not attributes: only a tag that does not end has too many of them."""
    words = b"kata " * max(3 * MAX_ATTRIBUTES, LARGE // 4)
    assert not overloaded(b"<p>" + words + b"</p><script>" + words + b"</script>")
    assert overloaded(b"<p " + words + b">")
    assert overloaded(b"<p " + b'kata=">" ' * (LARGE // 8) + b">")
