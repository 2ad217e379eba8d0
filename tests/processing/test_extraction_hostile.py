"""Pages that mean harm: each is read or refused in bounded time, with a reason."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from processing.errors import PantauError
from processing.extraction import read_pages
from processing.model import Page

AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
TEXT = (
    "<h1>Judul berita yang cukup panjang</h1>"
    + "<p>Kalimat yang cukup panjang untuk dihitung sebagai isi berita.</p>" * 3
)

PAGES = {
    "deep": "<div>" * 100_000 + TEXT,
    "deep, of many tags": "".join(f"<x{n % 7}>" for n in range(60_000)) + TEXT,
    "nested inline": "<b><i>" * 15_000 + TEXT,
    "attributes": f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>{TEXT}</div>",
    "attributes behind quotes": f"<div b='<script>' {' '.join(f'a{n}' for n in range(100_000))}>{TEXT}</div>",
    "a long word": f"{TEXT}<p>{'a' * 2_000_000}</p>",
    "many paragraphs": TEXT * 20_000,
    "many links": "<a href='#'>x</a>" * 100_000 + TEXT,
    "deep JSON": f"<script type='application/ld+json'>{'[' * 200_000}</script>{TEXT}",
    "wide JSON": f"<script type='application/ld+json'>[{','.join(['{}'] * 200_000)}]</script>{TEXT}",
    "quotes in JSON": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
    + '\\"' * 200_000
    + "</script>"
    + TEXT,
    "a long date": f"<meta name='date' content='{'1/' * 100_000}'>{TEXT}",
    "a long list of names": f"<meta name='author' content='{'Ana Ruiz and ' * 20_000}'>{TEXT}",
    "a long title": f"<title>{'a | ' * 50_000}</title>{TEXT}",
    "unclosed script": "<script>" + "x" * 1_000_000,
    "dashes": f"{TEXT}<p>{'- ' * 100_000}</p><p>JAKARTA{' ' * 50_000}x</p>",
    "too large": "<p>" + "x" * 8_000_001,
    "binary": "\x00\x01\x02\ufffe" * 100_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_ends_soon_and_with_a_reason(name):
    """An article, or a PantauError: never another exception, never minutes."""
    began = time.process_time()
    outcome = ""
    with suppress(PantauError):
        outcome = read_pages(
            [Page(url="https://www.contoh.co.id/a", content=PAGES[name].encode())], None, as_of=AS_OF
        ).body
    assert "\x00" not in outcome
    assert time.process_time() - began < 10
