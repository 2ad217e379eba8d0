"""What a story's articles say is found once for all series of a cut-off, and changes nothing that any of them is told."""

from datetime import timedelta

import pytest
from digest_samples import COVERAGE, CUTOFF, LABELS, PREVIOUS, USUAL, article, natuna, ordinary_stories, series, story

from processing.digest.edition import build
from processing.digest.facts import Facts

STORIES = ordinary_stories()


def edition_of(one, cutoff=CUTOFF, facts=None):
    """Build the edition of a series from the ordinary stories."""
    return build(one, cutoff, PREVIOUS, STORIES, COVERAGE, labels=LABELS[one.language], usual=USUAL, facts=facts)


def test_series_that_share_facts_are_told_what_each_would_be_told_alone():
    """In another language, for other topics and watched entities, and at a cut-off before the last articles came."""
    asking = [
        series(),
        series("en"),
        series(topics=("maritime",), watched=("ID", "bakamla")),
        series("en", topics=("cyber",)),
    ]
    facts = Facts()
    for cutoff in (CUTOFF, CUTOFF - timedelta(hours=4), CUTOFF):
        for one in asking:
            assert edition_of(one, cutoff, facts) == edition_of(one, cutoff)


def test_facts_are_kept_for_the_same_articles_alone():
    """A story that has more articles at the next look is looked at anew."""
    facts = Facts()
    early = natuna()
    found = facts.of(early)
    assert facts.of(early) is found
    assert found.newsrooms is found.newsrooms
    later = story(early.id, *early.articles, article("detik", "Kapal lain datang", hours=1))
    assert facts.of(later).outlets == len({one.outlet for one in later.articles})
    assert facts.of(later) is not found


@pytest.mark.parametrize("language", ["id", "en"])
def test_who_speaks_is_heard_once_for_all_languages(language):
    """A body is named as readers of each language know it, whichever asked first."""
    facts = Facts().of(natuna())
    first = facts.official("en" if language == "id" else "id")
    assert facts.official(language) == Facts().of(natuna()).official(language)
    assert first
