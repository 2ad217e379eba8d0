"""What a run says of an outlet's declaration: broken pages and rules that no longer fit are named, small runs are not judged."""

from contextlib import suppress
from dataclasses import replace

import pytest

from crawlers.outlets import OUTLETS
from desk.outlets.stored_pages import frozen
from desk.steps.fitness import Fitness
from processing.errors import Rejected
from processing.extraction import read_pages
from processing.model import Article, Fate, ReadMode

KONTAN = OUTLETS["kontan"]


def article(body_by: str) -> Article:
    """Give an article whose body was found by this."""
    return Article(url="https://a.test/", title="A", paragraphs=("B",), read_by={"title": "meta", "body": body_by})


@pytest.mark.parametrize(("ruled", "generic", "said"), [(5, 0, False), (4, 3, False), (2, 5, True), (0, 2, False)])
def test_rules_that_fall_short_are_reported(ruled, generic, said):
    """Where the generic reader read most pages, the page rules no longer fit; two pages prove nothing."""
    fitness = Fitness()
    fitness.read([article("rules")] * ruled + [article("generic")] * generic)
    problems = fitness.problems(KONTAN)
    assert bool(problems) is said
    assert all(f"fitted {ruled} of {ruled + generic} pages" in problem for problem in problems)


@pytest.mark.parametrize(("by", "short"), [("generic", True), ("rules", False), ("json_ld", False)])
def test_rules_for_a_field_that_find_nothing_are_reported(by, short):
    """Where the generic reader found the date of most pages the rule for it falls short; structured data proves nothing."""
    dated = replace(KONTAN, rules=(replace(KONTAN.rules[0], date=("time.gone",)),))
    read = Article(url="https://a.test/", title="A", paragraphs=("B",), read_by={"body": "rules", "published_at": by})
    fitness = Fitness()
    fitness.read([read] * 3)
    assert list(fitness.shortfalls(dated)) == (["published_at"] if short else [])


@pytest.mark.parametrize("name", [name for name, outlet in OUTLETS.items() if outlet.mode is ReadMode.PAGES])
def test_rules_fit_their_own_cases(name):
    """No outlet would be demoted for the pages its rules were written for."""
    fitness = Fitness()
    for held in frozen(name):
        with suppress(Rejected):
            fitness.read([read_pages(held.pages, OUTLETS[name], as_of=held.as_of)])
    assert fitness.shortfalls(OUTLETS[name]) == {}


def test_outlet_without_rules_is_read_by_the_generic_reader():
    """What was never declared cannot fall short."""
    fitness = Fitness()
    fitness.read([article("generic")] * 9)
    assert fitness.problems(OUTLETS["naval_news"]) == []


@pytest.mark.parametrize(("lost", "kept", "said"), [(4, 2, True), (2, 4, False), (2, 0, False)])
def test_pages_that_cannot_be_read_are_reported(lost, kept, said):
    """The sentence names the outlet, how many, and the commonest reason."""
    fitness = Fitness()
    for _ in range(lost):
        fitness.settled(Fate.REJECTED, "The page has no title.")
    for _ in range(kept):
        fitness.settled(Fate.STORED, "")
    problems = fitness.problems(KONTAN)
    assert bool(problems) is said
    if said:
        assert problems == ["Kontan: 4 of 6 pages could not be read; most often: The page has no title."]


def test_fields_are_counted_by_what_found_them():
    """A run's fields tell how each was found."""
    fitness = Fitness()
    fitness.read([article("rules"), article("rules"), article("generic")])
    assert fitness.fields == {"title": {"meta": 3}, "body": {"rules": 2, "generic": 1}}
