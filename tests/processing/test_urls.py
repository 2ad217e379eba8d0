"""One article, one address; and only safe links reach a reader."""

from __future__ import annotations

import pytest

from processing.urls import canonical_url, untracked_url, web_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.dw.com/en/ship/a-7?maca=en-rss-en-world-4025-rdf", "https://www.dw.com/en/ship/a-7"),
        ("http://www.bbc.com/news/articles/c1?at_medium=RSS&at_campaign=rss", "https://www.bbc.com/news/articles/c1"),
        ("https://a.kompas.com/read/2026/x/?page=all#page2", "https://a.kompas.com/read/2026/x"),
        ("https://a.detik.com/d-1/x?single=1", "https://a.detik.com/d-1/x"),
        ("https://a.detik.com/d-1/x?page=2", "https://a.detik.com/d-1/x"),
        ("https://bernama.com/en/news.php?id=2563130&utm_source=x", "https://bernama.com/en/news.php?id=2563130"),
        ("https://x.org/cari?page=depan", "https://x.org/cari?page=depan"),
        ("https://x.org/a?b=2&a=1", "https://x.org/a?a=1&b=2"),
        ("https://X.ORG:443/a/", "https://x.org/a"),
        ("http://x.org:80", "https://x.org/"),
        ("http://127.0.0.1:8099/a", "http://127.0.0.1:8099/a"),
        ("https://m.detik.com/a", "https://www.detik.com/a"),
        ("https://m.antara.co.id/a", "https://www.antara.co.id/a"),
        ("https://m.news.viva.co.id/a", "https://news.viva.co.id/a"),
        ("https://x.org/a/amp/", "https://x.org/a"),
        ("https://x.org/a.amp?amp=1&fbclid=z", "https://x.org/a"),
        ("https://x.org/camp", "https://x.org/camp"),
        ("https://user:secret@x.org/a", "https://x.org/a"),
        (" https://x.org/a\n", "https://x.org/a"),
        ("https://x.org/caf\u00e9", "https://x.org/caf%C3%A9"),
        ("mailto:desk@x.org", "mailto:desk@x.org"),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_canonical_address(url, canonical):
    """However an article is linked, its address is one, and that address is its own canonical form."""
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://x.org/a/?page=2&utm_source=rss&id=1#top", "https://x.org/a/?page=2&id=1"),
        ("http://x.org/a?source=x", "http://x.org/a"),
        ("https://x.org/a?b=%20&a", "https://x.org/a?b=%20&a"),
    ],
)
def test_what_is_asked_for_keeps_its_form(url, asked):
    """A request drops tracking and fragment, and changes nothing else."""
    assert untracked_url(url) == asked


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "//evil.example/a", "/a", "", "https://", "ftp://x.org/a", "data:text/html,x"),
        *("https://user:pw@x.org/", "https://x.org\\@evil.example/", "https://x.org/a\x00b", "https://x.org/a\u2028b"),
        *("https://x.org/a b", "https://x.org/\u202egpj.exe", "java\nscript:x", "http://[bad", "https://x.org:99999/"),
    ],
)
def test_unsafe_links_are_none(url):
    """What is not a plain absolute http(s) address never becomes a link."""
    assert web_url(url) is None


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://x.org/a?b=1#c", "https://x.org/a?b=1#c"),
        (" https://x.org/caf\u00e9 ", "https://x.org/caf%C3%A9"),
        ('https://x.org/"><b>', "https://x.org/%22%3E%3Cb%3E"),
    ],
)
def test_safe_links_are_percent_encoded(url, link):
    """A sound address comes back with nothing in it that could leave an attribute."""
    assert web_url(url) == link
