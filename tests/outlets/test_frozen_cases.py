"""Every outlet proven: each field of each frozen case comes out exact, one item a field."""

import itertools
import re

import pytest
from frozen_cases import FIELDS, HERE, MARKS, Case, cases, pack, read
from scrapy.http import HtmlResponse

from crawlers.outlets import OUTLETS, outlet_named
from crawlers.parts import next_part
from processing.model import ReadMode
from processing.urls import canonical_url

CASES = cases()
STATEMENTS = [
    pytest.param(case, field, value, id=f"{case.outlet}-{case.folder.name}-{field}")
    for case in CASES
    for field, value in case.statements()
]
LEAST = 3
"""Cases that an outlet with page rules must have."""

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.outlet}-{case.folder.name}")


@pytest.mark.parametrize(("case", "field", "value"), STATEMENTS)
def test_the_field_is_read_as_expected(case, field, value):
    """What the outlet's declaration reads of the frozen page is what the case states."""
    assert case.found(field) == value


@every_case
def test_the_body_is_read_by_the_outlets_rules(case):
    """No case rests on the generic reader: the rules themselves find the text (or the feed gives it)."""
    assert {article.read_by["body"] for article in read(case)} == {"feed" if case.is_feed else "rules"}


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if len(case.pages) > 1 and not case.is_feed and outlet_named(case.outlet).rules[0].next_page
    ],
    ids=lambda case: f"{case.outlet}-{case.folder.name}",
)
def test_the_spider_finds_each_next_page(case):
    """Of an article on several pages, each page but the last leads to the one after it."""
    asked = {case.pages[0].url}
    for number, (page, following) in enumerate(itertools.pairwise(case.pages), start=1):
        response = HtmlResponse(page.url, body=page.content)
        article = canonical_url(page.url)
        assert next_part(response, outlet_named(case.outlet), article, number, asked) == following.url
        asked.add(following.url)


@every_case
def test_the_page_is_at_an_articles_address(case):
    """Of today's layout, the page lies where the declaration looks for articles."""
    outlet = outlet_named(case.outlet)
    if not case.is_feed and "as_of" not in case.expected:
        assert re.match(outlet.article, case.pages[0].url)
        assert not any(re.search(pattern, case.pages[0].url) for pattern in outlet.exclude)


@every_case
def test_a_case_is_well_formed(case):
    """A case belongs to an outlet, says where its page is from, states title and body, and is packed without a date or name."""
    assert case.outlet in OUTLETS
    assert case.expected["marks"]
    assert set(case.expected["marks"]) <= MARKS
    for stated in case.expected.get("entries") or [case.expected]:
        assert {"title", "body"} <= stated.keys() <= {*FIELDS, "marks", "as_of", "note"}
    for packed in case.folder.glob("*.gz"):
        assert packed.read_bytes()[3:8] == bytes(5), f"pack it anew: {packed.relative_to(HERE)}"
    assert not [*case.folder.glob("*.html"), *case.folder.glob("*.xml")], "a readable page is to be packed"


RULED = [
    pytest.param(outlet, id=outlet.name)
    for outlet in OUTLETS.values()
    if outlet.rules and outlet.mode is ReadMode.PAGES
]


@pytest.mark.parametrize("outlet", RULED)
def test_an_outlet_with_page_rules_has_cases_enough(outlet):
    """Three cases at least, and one from the time of each older layout."""
    own = [case for case in CASES if case.outlet == outlet.name]
    assert len(own) >= LEAST
    for rules in outlet.rules:
        assert rules.until is None or any(case.as_of.date() <= rules.until for case in own)


@pytest.mark.parametrize(
    "outlet",
    [outlet for outlet in OUTLETS.values() if outlet.mode is ReadMode.FEED_ONLY],
    ids=lambda outlet: outlet.name,
)
def test_an_outlet_read_by_its_feed_has_a_frozen_one(outlet):
    """A feed at least, for an outlet that is read through nothing else."""
    assert any(case.is_feed for case in CASES if case.outlet == outlet.name)


def test_packing_gives_the_same_bytes_and_is_undone(tmp_path):
    """A page packed twice is the same file, and reads back as it was."""
    packed = []
    for _ in range(2):
        (tmp_path / "page.html").write_text("<h1>Kapal</h1>", "utf-8")
        packed.append(pack(tmp_path / "page.html").read_bytes())
    assert packed[0] == packed[1]
    (tmp_path / "url.txt").write_text("https://example.org/a", "utf-8")
    assert Case(tmp_path).pages[0].content == b"<h1>Kapal</h1>"
