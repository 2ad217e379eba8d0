"""The parts of a digest: what every mail must hold to, whatever its stories are."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from itertools import pairwise

import html5lib
import pytest
from digest_samples import CORRECTIONS, CUTOFF, EDITIONS, SENDER, corrected, hostile, huge, ordinary, quiet, web_links
from html5lib import treebuilders

from processing.digest.links import Personal, links
from processing.digest.mail_parts import WIDTH
from processing.digest.message import for_one_reader
from processing.digest.render import LARGEST, encoded_size, render
from processing.digest.summary import CHARACTERS, SENTENCES
from processing.model import Extract, Wording
from processing.templating import TEMPLATES, labels
from processing.topics.taxonomy import taxonomy

DIGEST = TEMPLATES / "digest"
BODY = (DIGEST / "body.txt").read_text(encoding="utf-8")

PROPERTIES = frozenset(
    """-webkit-text-size-adjust background-color border-bottom border-bottom-color border-collapse border-left border-left-color
    border-top border-top-color color display font-family font-size font-style font-weight height letter-spacing line-height
    list-style-type margin max-height max-width overflow padding text-align text-decoration text-decoration-color text-transform
    text-underline-offset vertical-align white-space width""".split()  # noqa: SIM905 - a list of words
)
"""What mail programs understand, or leave out without harm (caniemail.com)."""


@cache
def made(name, language):
    """Build and render a sample edition."""
    edition = EDITIONS[name](language)
    return edition, render(edition, web_links(edition))


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in ("id", "en")], ids="-".join)
def sample(request):
    """Give each sample edition in both languages, with its parts."""
    return made(*request.param)


@pytest.fixture
def edition(sample):
    """Give the edition."""
    return sample[0]


@pytest.fixture
def rendered(sample):
    """Give its parts, as a reader with a web address gets them."""
    return sample[1]


def elements(html):
    """Parse HTML as a browser does; a fault in it fails the test."""
    parser = html5lib.HTMLParser(tree=treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(html)
    assert parser.errors == []
    return [element for element in document.iter() if isinstance(element.tag, str)]


def words(text):
    """Give a text without the breaks of its lines."""
    return " ".join(text.split())


def said(element):
    """Give all text of an element."""
    return words("".join(element.itertext()))


def test_the_html_is_sound(rendered):
    """No parse error, one h1, no picture, form or script, the language on the document, each level of heading under its own."""
    found = elements(rendered.html)
    tags = [element.tag for element in found]
    assert tags.count("h1") == 1
    assert not {"img", "script", "form", "iframe", "object", "svg", "link", "base"} & set(tags)
    assert found[0].get("lang") == rendered.edition.series.language
    assert tags.count("h3") == len(rendered.edition.cards)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(later <= earlier + 1 for earlier, later in pairwise([0, *levels]))
    assert not [element for element in found for name in element.attrib if name.startswith("on")]


def test_layout_tables_are_marked_and_data_tables_have_headings(rendered):
    """A screen reader hears of tables only where there is a table."""
    for table in (element for element in elements(rendered.html) if element.tag == "table"):
        if table.get("role") != "presentation":
            assert table.find("caption") is not None
            assert all(heading.get("scope") in {"col", "row"} for heading in table.iter("th"))
            assert all(row.find("th") is not None for row in table.findall("tbody/tr"))


def test_every_link_is_https_and_from_the_edition(edition, rendered):
    """Straight to the outlet, or to the reader's own pages."""
    own = web_links(edition)
    references = [card.headline for card in edition.cards] + [mention.headline for mention in edition.also_seen]
    references += [carrier for card in edition.cards for carrier in card.carriers]
    references += [correction.headline for correction in edition.corrections]
    references += [extract.source for card in edition.cards for extract in card.summary]
    allowed = {reference.url for reference in references} | {own.edition, own.archive, own.preferences, own.unsubscribe}
    given = [element.get("href") for element in elements(rendered.html) if element.get("href") is not None]
    assert given
    assert all(address.startswith("https://") for address in given)
    assert set(given) <= allowed


def test_the_text_part_tells_all_that_the_html_tells(rendered):
    """Every headline, extract, reason, correction and figure of the sources is in both."""
    text = words(rendered.text)
    for element in elements(rendered.html):
        if element.tag in {"h1", "h2"}:
            assert said(element).upper() in text
        if element.tag == "h3" or {"why", "lede", "model", "plain"} & set(element.get("class", "").split()):
            assert said(element) in text
        if element.tag == "li":
            assert all(words(part) in text for part in element.itertext())
    for card in rendered.edition.cards:
        assert all(words(extract.text) in text for extract in card.summary)


def test_the_text_part_is_set_as_a_bulletin(rendered):
    """No line is longer than 72 characters but for an address or one long word, none ends in a blank, and no HTML is left."""
    for line in rendered.text.splitlines():
        assert len(line) <= WIDTH or len(line.split()) == 1, line
        assert line == line.rstrip()
    assert "&amp;" not in rendered.text
    assert "\n\n\n\n" not in rendered.text


def test_a_mail_fits(rendered):
    """The HTML stays under 80 KB as it travels, with a reader's token in it."""
    assert encoded_size(for_one_reader(rendered, Personal(token="t" * 120, signature="t" * 120)).html) <= LARGEST


def test_a_card_quotes_two_sentences_and_three_hundred_characters_at_most(rendered):
    """Of each article: what goes beyond is the outlet's to tell."""
    for card in rendered.edition.cards:
        for source in {extract.source for extract in card.summary}:
            quoted = [extract.text for extract in card.summary if extract.source == source]
            assert len(quoted) <= SENTENCES
            assert len(" ".join(quoted)) <= CHARACTERS


def test_links_are_underlined_and_text_is_large_enough(rendered):
    """A link is told by more than its colour; what is read is set in 16 pixels or more, what is looked up in 13."""
    for element in elements(rendered.html):
        style_of = element.get("style", "")
        size = re.search(r"font-size: (\d+)px", style_of)
        classes = set(element.get("class", "").split())
        if element.tag == "a":
            assert "text-decoration: underline" in style_of
        if size and not {"preheader", "bar"} & classes:
            assert int(size[1]) >= (16 if {"summary", "lede", "plain", "alarm"} & classes else 13)


def test_a_correction_stands_before_any_story():
    """What readers were told and is not so comes first, in both parts; a page that is gone is not linked."""
    rendered = render(corrected("en"), web_links(corrected("en")))
    assert rendered.html.index(">Corrections and withdrawals<") < rendered.html.index(">New stories<")
    assert rendered.text.index("CORRECTIONS AND WITHDRAWALS") < rendered.text.index("NEW STORIES")
    assert (
        "Corrected by Kompas (in Indonesian): Komisi I DPR bahas anggaran alutsista 2027 sebesar Rp 178 triliun"
        in words(rendered.text)
    )
    assert (
        "An earlier edition carried it as “Komisi I DPR bahas anggaran alutsista 2027 sebesar Rp 187 triliun”."
        in words(rendered.text)
    )
    assert "please do not rely on it any longer" in rendered.html
    assert not re.search(r"<a [^>]*>Navy to lease", rendered.html)


def test_a_correction_of_the_text_alone_does_not_repeat_the_headline():
    """The earlier headline is told where it was another."""
    taken_back = replace(CORRECTIONS[0], before=CORRECTIONS[0].headline.title)
    edition = replace(ordinary("en"), corrections=(taken_back,))
    assert "An earlier edition carried it as" not in render(edition, web_links(edition)).html


@pytest.mark.parametrize(("wording", "said_of_it"), [("shortened", "Dipersingkat"), ("translated", "Diterjemahkan")])
def test_what_a_model_worded_says_so(wording, said_of_it):
    """In both parts, and a translated text is in the reader's language."""
    edition = ordinary()
    card = edition.new[2]
    reworded = tuple(replace(extract, wording=Wording(wording), model="m") for extract in card.summary[:1])
    told = replace(edition, new=(*edition.new[:2], replace(card, summary=reworded)))
    rendered = render(told, web_links(told))
    for part in (rendered.html, words(rendered.text)):
        assert part.count(f"{said_of_it} oleh model bahasa, lalu diperiksa terhadap artikelnya.") == 1
        assert "kecuali yang ditandai" in part
    marked = re.search(r"<span( lang=\"en\")?>Indonesian shipbuilder", rendered.html)
    assert bool(marked[1]) == (wording == "shortened")


def test_a_mail_that_would_not_fit_loses_its_last_stories():
    """What is left out is counted, and does not pass for shown."""
    whole = huge()
    cut = render(whole, web_links(whole)).edition
    dropped = {card.story for card in whole.cards} - {card.story for card in cut.cards}
    dropped |= {mention.story for mention in whole.also_seen} - {mention.story for mention in cut.also_seen}
    assert dropped
    assert cut.new == whole.new
    assert cut.developing == whole.developing[: len(cut.developing)]
    assert cut.left_out == whole.left_out + len(dropped)
    assert set(cut.shown) == set(whole.shown) - dropped


def test_the_subject_leads_with_the_fact(rendered):
    """At most 65 characters, on one line, beginning like the first headline; never "Daily digest"."""
    assert 10 <= len(rendered.subject) <= 65
    assert "\n" not in rendered.subject
    assert "digest" not in rendered.subject.lower()
    if rendered.edition.cards:
        assert rendered.edition.cards[0].headline.title.startswith(rendered.subject.rstrip("…"))


def test_the_preheader_fills_the_mailbox_line(rendered):
    """Forty to ninety characters, hidden in the mail itself."""
    (preheader,) = [element for element in elements(rendered.html) if element.get("class") == "preheader"]
    assert 40 <= len(said(preheader)) <= 90
    assert "display: none" in preheader.get("style")


def test_texts_of_another_language_are_marked(rendered):
    """What is not in the reader's language says in which it is; what runs from the right says so."""
    for heading in (element for element in elements(rendered.html) if element.tag == "h3"):
        card = next(card for card in rendered.edition.cards if words(card.headline.title) == said(heading))
        foreign = card.headline.language not in (rendered.edition.series.language, "und")
        assert heading[0].get("lang") == (card.headline.language if foreign else None)
        assert heading[0].get("dir") == ("rtl" if card.headline.language == "ar" else None)


def test_state_media_are_marked_wherever_they_stand():
    """Beside the name, in both parts."""
    rendered = render(ordinary("en"), web_links(ordinary("en")))
    for part in (rendered.html, words(rendered.text)):
        assert part.count("Antara (in Indonesian, state media)") == 2
        assert part.count("Antara (state media)") == 1


def test_hostile_text_stays_text():
    """Markup, scripts, line ends, direction marks and template code of an article arrive as they can be read, or not at all."""
    rendered = render(hostile(), web_links(hostile()))
    assert "&lt;script&gt;" in rendered.html
    assert not re.search(r"<script|javascript:|\"onmouseover|<img|secret@", rendered.html)
    assert "{{ 7 * 7 }}" in words(rendered.text)
    for part in (rendered.subject, rendered.text, rendered.html):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]", part)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_the_same_stories_give_the_same_bytes(name, language):
    """Built twice and rendered twice."""
    edition, rendered = made(name, language)
    again = EDITIONS[name](language)
    assert again == edition
    assert render(again, web_links(again)) == rendered


def test_a_quiet_day_says_so():
    """It is short, says that nothing was found, and that the sources were well."""
    rendered = render(quiet("en"), web_links(quiet("en")))
    assert rendered.subject == "A quiet day: nothing new from 25 outlets"
    assert "no new stories and no developments since Saturday 06:00 WIB. 96 articles from 25 outlets checked." in words(
        rendered.text
    )
    assert "All outlets were read without trouble." in rendered.text


def test_without_a_web_address_the_way_out_is_by_mail():
    """No link leads nowhere: pages that do not exist are not named, and unsubscribing goes by mail."""
    edition = ordinary()
    rendered = render(edition, links(edition.series, CUTOFF, sender=SENDER, web_url=None))
    assert 'href="mailto:unsubscribe+pantau-any-reader@pantau.example?subject=unsubscribe"' in rendered.html
    assert "None" not in rendered.html + rendered.text
    assert "pantau.example/" not in rendered.html + rendered.text


def test_times_are_the_readers():
    """The zone of the series, in the manner of its language."""
    edition = ordinary()
    abroad = replace(edition, series=replace(edition.series, timezone="Europe/London", language="en"))
    assert "Sunday, 22 November 2026, 06:00 WIB" in render(ordinary("en"), web_links(edition)).text
    assert "Minggu, 22 November 2026, pukul 06.00 WIB" in render(edition, web_links(edition)).text
    assert "Saturday, 21 November 2026, 23:00 GMT" in render(abroad, web_links(edition)).text


def places(label):
    """Give the places that a label has to fill, of all its forms."""
    forms = label.values() if isinstance(label, dict) else [label]
    return {place for form in forms for place in re.findall(r"\{(\w+)\}", form)}


def test_both_languages_have_every_label_with_the_same_places():
    """A label that one language lacks would stop that language's digest."""
    assert {path.name for path in DIGEST.glob("labels.*.toml")} == {"labels.id.toml", "labels.en.toml"}
    indonesian, english = labels("digest", "id"), labels("digest", "en")
    assert {section: set(keys) for section, keys in indonesian.items()} == {
        section: set(keys) for section, keys in english.items()
    }
    for section, keys in indonesian.items():
        for key, label in keys.items():
            assert places(label) == places(english[section][key]), f"{section}.{key}"


def test_every_label_is_used():
    """A label that nothing says is left over."""
    source = "".join(
        path.read_text("utf-8") for path in [*DIGEST.glob("body.*"), *TEMPLATES.parent.glob("processing/digest/*.py")]
    )
    by_key = {"weight", "reason", "number", "pattern"}
    table = tomllib.loads((DIGEST / "labels.en.toml").read_text("utf-8"))
    unused = {
        f"{section}.{key}"
        for section, keys in table.items()
        for key in keys
        if section not in by_key
        and f"{section}.{key}" not in source
        and not (section == "sources" and key in {"failed", "stopped", "silent", "unread"})
        and not (section == "correction" and key in {"corrected", "withdrawn"})
        and not (section == "card" and key in {"names", "keywords", "shortened", "translated"})
    }
    assert unused == set()


def style():
    """Give the colours' style sheets: by day, and what is different by night."""
    day, screens = ((DIGEST / name).read_text("utf-8") for name in ("style.css", "screens.css"))
    night = screens.split("prefers-color-scheme: dark)", 1)[1]
    return tuple(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL) for css in (day, night))


def colours(css, name):
    """Give each selector's colour of a kind."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    return {
        selector.strip(): found[1]
        for selectors, body in rules
        for selector in selectors.split(",")
        if (found := re.search(rf"(?:^|[;\s]){name}:\s*(#[0-9a-f]{{6}})", body))
    }


def luminance(colour):
    """Give the relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Give the contrast of two colours as WCAG 2 computes it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("part", [0, 1], ids=["day", "night"])
def test_all_text_stands_out_from_its_ground(part):
    """A contrast of 4.5 or more, computed from the style sheet, on the page and on the alarm's ground."""
    css = style()[part]
    grounds = colours(css, "background-color")
    shown = {selector: colour for selector, colour in colours(css, "color").items() if "preheader" not in selector}
    for selector, colour in shown.items():
        assert contrast(colour, grounds[".alarm"] if "alarm" in selector else grounds["body"]) >= 4.5, selector
    for selector in (".titles li", ".from", "a", "h2"):
        assert contrast(shown[selector], grounds[".corrections"]) >= 4.5, selector
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_by_night_no_colour_of_the_day_is_left():
    """Whatever has a colour by day has another by night: of itself, or of a selector that the night names."""
    day, night = style()
    for name in ("color", "background-color"):
        inherited = {"h3 a": "a", ".counts": ".small", ".bar": ".data .bar"}
        for selector in colours(day, name):
            assert selector in colours(night, name) or inherited.get(selector) in colours(night, name), (name, selector)


def test_only_safe_properties_are_used(rendered):
    """In the style sheet and in the elements; nothing is loaded from anywhere."""
    inline = ";".join(element.get("style", "") for element in elements(rendered.html))
    sheet = ";".join(re.findall(r"\{([^{}]*)\}", "".join(style())))
    used = {part.split(":")[0].strip() for part in f"{inline};{sheet}".split(";") if ":" in part}
    assert used <= PROPERTIES
    assert "url(" not in rendered.html
    assert "@import" not in rendered.html


def test_the_inliner_keeps_what_only_a_style_sheet_can_say(rendered):
    """Night and narrow screens, with the force to win over what was inlined."""
    (sheet,) = [element.text for element in elements(rendered.html) if element.tag == "style"]
    assert "prefers-color-scheme: dark" in sheet
    assert "max-width: 480px" in sheet
    assert all("!important" in rule for rule in re.findall(r"\{([^{}]*)\}", sheet))


def test_brackets_stand_in_no_brackets():
    """An extract's outlet is named without its language: the card says that beside the headline and the carriers."""
    edition = ordinary("en")
    card = edition.developing[0]
    source = replace(card.headline, url="https://example.org/a", outlet="Harian", language="id")
    told = replace(card, summary=(Extract(text="Satu kalimat.", source=source),))
    html = render(replace(edition, developing=(told,)), web_links(edition)).html
    assert re.search(r'<span class="from"[^>]*>\(<a [^>]*>Harian</a>\)</span>', html)


def test_the_longest_topic_stands_whole_in_the_text_part():
    """The trend's column holds every label of the taxonomy's first level."""
    for language in ("id", "en"):
        names = [topic.labels[language] for topic in taxonomy().topics.values()]
        assert max(map(len, names)) <= int(re.search(r"line.topic \| column\((\d+)\)", BODY).group(1))
