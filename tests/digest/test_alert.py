"""How an alert is written: its words, its parts, its looks."""

import re

import html5lib
import pytest
from digest_samples import CUTOFF, LABELS, SENDER, WEB, hostile_stories, missile, natuna, series, submarine

from processing.digest.alert import Alert, render_alert
from processing.digest.edition import card
from processing.digest.links import letter_links
from processing.digest.mail_parts import WIDTH
from processing.digest.portrait import portrait
from processing.digest.standing import standpoint
from processing.digest.summary import CHARACTERS
from processing.digest.words import LANGUAGES
from processing.templating import labels


def alert(story=None, language="id", searches=("kapal natuna",), threshold=None, **changes) -> Alert:
    """Make an alert to a reader of all topics."""
    given = series(language, **changes)
    stands = standpoint(story or natuna(), given, CUTOFF, None, labels=LABELS[language])
    told = card(portrait(stands, given, labels=LABELS[language]), given, CUTOFF)
    return Alert(card=told, series=given, at=CUTOFF, searches=searches, threshold=threshold, a_day=3, quiet=True)


def rendered(one: Alert, web=WEB):
    """Render an alert with placeholders for its reader's links."""
    return render_alert(one, letter_links(sender=SENDER, web_url=web))


def test_both_languages_have_the_same_labels():
    """A word that one has, the other has."""
    kept = [{section: set(keys) for section, keys in labels("alert", language).items()} for language in LANGUAGES]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", [natuna, missile, submarine], ids=lambda given: given.__name__)
def test_html_is_valid_and_says_what_the_text_says(language, story):
    """html5lib finds no error, one h1, no image; the headline, the summary and every link are in both parts."""
    one = alert(story(), language)
    parts = rendered(one)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(parts.html)
    assert parser.errors == []
    assert parts.html.count("<h1") == 1
    assert "<img" not in parts.html
    flat = " ".join(parts.text.split())
    assert one.card.headline.title in flat
    assert all(extract.text in flat for extract in one.card.summary)
    linked = set(re.findall(r'href="([^"]+)"', parts.html))
    assert {link.split(":")[0] for link in linked} == {"https"}
    assert {one.card.headline.url, f"{WEB}/stories/{one.card.story}", f"{WEB}/unsubscribe/pantau-any-reader"} <= linked
    assert all(len(line) <= WIDTH or "https://" in line for line in parts.text.splitlines())


def test_it_says_why():
    """The saved words first, then what the weight is made of; of weight alone, the reader's limit is in the footer."""
    found = " ".join(rendered(alert(language="en")).text.split())
    assert re.search(r"Why now: matches your saved search: “kapal natuna”; \d independent newsrooms; ", found)
    assert "because you saved a search" in found
    weighed = " ".join(rendered(alert(language="en", searches=(), threshold=4)).text.split())
    assert "saved search" not in weighed
    assert "stories of weight 4 or more" in weighed
    assert "At most 3 alerts a day, and none in your quiet hours." in weighed


def test_it_quotes_two_sentences_and_300_characters_at_most():
    """As the digest does."""
    for story in (natuna(), missile(), submarine(), *hostile_stories()):
        one = alert(story)
        assert len(one.card.summary) <= 2
        assert sum(len(extract.text) + 1 for extract in one.card.summary) <= CHARACTERS + 1


@pytest.mark.parametrize("story", hostile_stories(), ids=lambda story: str(story.id))
def test_hostile_stories_stay_in_their_place(story):
    """No element, no header, no line and no link of a stranger's making."""
    parts = rendered(alert(story, searches=("<b>x</b>\r\ny", "\u202ez")))
    assert parts.subject.isprintable()
    assert len(parts.subject) <= 65
    for element in ("<script", "<img", "<b>x", "<i>istilah"):
        assert element not in parts.html
    assert "\u202e" not in parts.html + parts.text + parts.subject
    assert {link.split(":")[0] for link in re.findall(r'href="([^"]+)"', parts.html)} == {"https"}


def test_without_pages_on_the_web_it_unsubscribes_by_mail():
    """No link leads nowhere."""
    parts = rendered(alert(), web=None)
    assert "mailto:unsubscribe+pantau-any-reader@pantau.example" in parts.html
    assert "/stories/" not in parts.html + parts.text


def test_the_same_alert_gives_the_same_bytes():
    """Rendering is pure."""
    assert rendered(alert()) == rendered(alert())
