"""The looks and words of letters: sound HTML, the same in both parts, safe properties, both languages whole."""

import re

import pytest
from test_render import PROPERTIES, colours, contrast, elements, places

from processing.digest.letters import written
from processing.templating import TEMPLATES, labels

LINK = "https://pantau.example/confirm/abc"
VALUES = {
    "name": "Meja & Pantau",
    "host": "pantau.example",
    "when": "Minggu pukul 06.00 WIB",
    "until": "Minggu depan",
    "topics": "Maritim",
}
LETTERS = {
    "asked": ("confirmation", ["asked", "topics", "do"]),
    "invited": ("confirmation", ["invited", "do"]),
    "link": ("link", ["asked", "do"]),
}


def letter(which, language, **changes):
    """Write a letter."""
    kind, before = LETTERS[which]
    sender = "Meja & Pantau <digest@pantau.example>"
    return written(kind, language, before, ["valid", "otherwise"], link=LINK, sender=sender, **(VALUES | changes))


@pytest.fixture(params=[(name, language) for name in LETTERS for language in ("id", "en")])
def parts(request):
    """Give each letter in each language."""
    return letter(*request.param)


def style(sheet):
    """Give a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (TEMPLATES / "letters" / sheet).read_text("utf-8"), flags=re.DOTALL)


def test_the_html_of_a_letter_is_sound(parts):
    """A parser of browsers finds no fault; one heading, no picture, and one link, which is the letter's."""
    assert [element.tag for element in elements(parts.html)].count("h1") == 1
    assert "<img" not in parts.html
    assert re.findall(r'href="([^"]*)"', parts.html) == [LINK]
    assert 'role="presentation"' in parts.html


def test_both_parts_say_the_same(parts):
    """Every paragraph of one stands in the other, and the link; the text keeps to 72 columns."""
    said = " ".join(parts.text.split())
    paragraphs = [element for element in elements(parts.html) if element.tag == "p"]
    assert len(paragraphs) >= 5
    for paragraph in paragraphs:
        assert " ".join("".join(paragraph.itertext()).split()) in said
    assert LINK in parts.text
    assert all(len(line) <= 72 for line in parts.text.splitlines() if LINK not in line)
    assert "{" not in parts.text + parts.subject
    assert "&amp;" not in parts.text
    assert parts.text.endswith("<digest@pantau.example>.\n")


def test_a_letter_is_short():
    """Twelve lines or so: what it is, one link, and that ignoring it is enough."""
    assert len(letter("asked", "id").text.split()) < 100


def test_a_hostile_name_stays_text():
    """Of the desk's name, and of what is asked for, nothing becomes markup, a place to fill, or a line of a header."""
    parts = letter("asked", "en", name="<script>\r\nBcc: a@b {topics}", topics="</p><a href='https://x'>")
    found = elements(parts.html)
    assert [element.get("href") for element in found if element.tag == "a"] == [LINK]
    assert "script" not in {element.tag for element in found}
    assert parts.subject.isprintable()
    assert "{topics}" in parts.subject


def test_letters_have_the_same_words_in_both_languages():
    """With the same places to fill."""
    ours, theirs = labels("letters", "id"), labels("letters", "en")
    assert {section: set(words) for section, words in ours.items()} == {
        section: set(words) for section, words in theirs.items()
    }
    for section, words in ours.items():
        for key, text in words.items():
            assert places(text) == places(theirs[section][key]), (section, key)


@pytest.mark.parametrize("sheet", ["style.css", "screens.css"])
def test_all_text_of_a_letter_stands_out_from_its_ground(sheet):
    """A contrast of 4.5 or more, by day and by night, on the page and on the button."""
    css = style(sheet).split("prefers-color-scheme: dark)")[-1]
    grounds = colours(css, "background-color")
    for selector, colour in colours(css, "color").items():
        ground = grounds[".button"] if "button" in selector else grounds["body"]
        assert contrast(colour, ground) >= 4.5, selector


def test_a_letter_uses_only_safe_properties():
    """Those that the digest may use, too."""
    rules = ";".join(re.findall(r"\{([^{}]*)\}", style("style.css") + style("screens.css")))
    assert {part.split(":")[0].strip() for part in rules.split(";") if ":" in part} <= PROPERTIES
