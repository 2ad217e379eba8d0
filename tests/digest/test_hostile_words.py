"""Two hundred made-up attacks in headlines, names, links and texts: none changes what a mail is made of."""

import random
import re
from dataclasses import replace

import html5lib
import pytest
from digest_samples import (
    CORRECTIONS,
    COVERAGE,
    CUTOFF,
    LABELS,
    PREVIOUS,
    SENDER,
    article,
    series,
    story,
    tag,
    web_links,
)

from processing.digest.edition import build
from processing.digest.message import compose
from processing.digest.render import render
from processing.model import Attribution, Entity

PIECES = (
    "<script>", "</script>", "</td></tr></table>", "<img src=x onerror=alert(1)>", "<!--", "-->", "]]>", "<![endif]-->",
    "<style>*{display:none}</style>", "</title>", "<h1>", "&#x3c;", "&lt;", '"', "'", "`", "{{ 7*7 }}", "{% raw %}", "${7*7}",
    "\r\nBcc: korban@example.org", "\r\n\r\n", "\n", "\t", "\x00", "\x1b[2J", "\u2028", "\u2029", "\x85", "\u202e", "\u2066", "\ufeff",
    "\ud800", "javascript:alert(1)", "data:text/html,x", "//jahat.example", "=?utf-8?q?=0D=0ABcc:_x?=", "%0d%0a", "\\", "Kapal", "Natuna",
    "🛳️", "مرحبا", "a" * 200,
)  # fmt: skip
LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "//jahat.example/x", "data:text/html,<b>", 'https://a.example/"onmouseover="x',
    "https://a.example/<script>", "https://a.example/\r\nX: y", "https://user:pass@a.example/", "ftp://a.example/", "https://a.example/\x00",
    "https://a.example/?q=%22%3E%3Cscript%3E", "http://a.example/'x", "https:a.example", "\\\\a.example\\x", "vbscript:x", "",
)  # fmt: skip
ATTACKS = 200
A_MAIL = 5


def attack(chance):
    """Put pieces together by chance."""
    return "Kapal " + " ".join(chance.choices(PIECES, k=chance.randint(1, 6)))


def edition_of(make, link):
    """Build an edition of five stories whose words and links are made by functions of the story's number."""
    stories = []
    for number in range(A_MAIL):
        told = article(
            "antara",
            make(number, "title"),
            make(number, "text") + " dan seterusnya sampai akhir kalimat yang cukup panjang ini. " * 3,
            id_=700 + number,
            topics=(tag(f"topic-{number}", make(number, "term")),),
            url=link(number),
        )
        told = replace(
            told,
            outlet_title=make(number, "outlet"),
            entities=(Entity(id=f"x{number}", kind="person", label=make(number, "name"), mentions=3),),
            sources=(Attribution(source=make(number, "source"), evidence="x", wire_copy=False),),
        )
        stories.append(story(7000 + number, told))
    edition = build(series(), CUTOFF, PREVIOUS, stories, COVERAGE, labels=LABELS["id"])
    headline = edition.cards[0].headline
    taken_back = replace(CORRECTIONS[0], headline=headline, before=make(9, "before"), note=make(9, "note"))
    return replace(edition, corrections=(taken_back,))


def skeleton(html):
    """Give what HTML is made of: each element with the names of its attributes, links and languages aside."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    assert parser.errors == []
    found = [element for element in document.iter() if isinstance(element.tag, str)]
    assert all((element.get("href") or "https://").startswith("https://") for element in found)
    return [(element.tag, frozenset(element.keys())) for element in found if element.tag not in {"a", "span"}]


@pytest.mark.parametrize("seed", range(ATTACKS // A_MAIL))
def test_attacks_reach_neither_a_header_nor_markup(seed):
    """The mail has the elements and headers of one with harmless words; nothing an attacker wrote is more than text."""
    chance = random.Random(seed)
    hostile = edition_of(lambda number, _field: f"{number} {attack(chance)}", lambda _number: chance.choice(LINKS))
    harmless = edition_of(lambda number, field: f"Kapal {field} {number}", lambda number: f"https://a.example/{number}")
    parts, plain = render(hostile, web_links(hostile)), render(harmless, web_links(harmless))
    assert skeleton(parts.html) == skeleton(plain.html)
    sent, usual = (
        compose(
            one,
            links=web_links(hostile),
            sender=SENDER,
            to="a@contoh.example",
            message_id="<1@pantau.example>",
            name=one.edition.cards[1].headline.title,
        )
        for one in (parts, plain)
    )
    assert [line.partition(":")[0] for line in head(sent)] == [line.partition(":")[0] for line in head(usual)]


def head(message):
    """Give a message's headers as they travel, each in one line."""
    raw = message.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")
    return re.sub(r"\r\n(?=[ \t])", "", raw).split("\r\n")
