"""The sentences over an edition agree with what it tells, in good Indonesian and English."""

from dataclasses import replace

import pytest
from digest_samples import COVERAGE, CUTOFF, LABELS, PREVIOUS, article, ordinary, series, story, tag

from processing.digest import telling
from processing.digest.edition import build
from processing.digest.words import Words
from processing.model import OutletProblem, ProblemKind

TALKS = ("Perundingan", "Delegasi kedua negara bertemu selama tiga jam tanpa hasil yang diumumkan kepada wartawan.")


def edition_of(*stories, language="id"):
    """Build an edition of a series."""
    return build(series(language), CUTOFF, PREVIOUS, stories, COVERAGE, labels=LABELS[language])


def lede(edition):
    """Give the lede as a sentence."""
    return str(telling.lede(edition, Words(edition.series)))


def stories_on(*topics, language="id"):
    """Make a story of one article on each of these topics."""
    return [
        story(number, article("kompas", f"{TALKS[0]} {number}", TALKS[1], language=language, topics=(tag(topic, "a"),)))
        for number, topic in enumerate(topics, 500)
    ]


def test_the_lede_counts_every_story_found_on_a_topic():
    """Not only those told in full: of eight stories six are on the sea, though five are told."""
    edition = edition_of(*stories_on(*["maritime"] * 6, "diplomacy", "diplomacy"))
    assert len(edition.cards) < 6
    assert lede(edition).startswith("Delapan cerita baru, enam di antaranya tentang maritim. Yang utama: ")


@pytest.mark.parametrize(
    "topics",
    [
        ["maritime"] * 3,
        ["maritime", "diplomacy"],
        ["maritime"],
        [
            "maritime",
            "maritime",
            "cyber",
            "diplomacy",
            "armed_conflict",
            "nuclear_missile_wmd",
            "exercises_deployments",
        ],
    ],
    ids=["all", "one of two", "one", "two of seven"],
)
def test_the_lede_names_no_topic_of_all_of_one_or_of_few(topics):
    """Which would say nothing."""
    assert "di antaranya" not in lede(edition_of(*stories_on(*topics)))


@pytest.mark.parametrize(
    ("count", "language", "opening"),
    [
        (1, "id", "Satu cerita baru."),
        (1, "en", "One new story."),
        (12, "id", "Dua belas cerita baru."),
        (12, "en", "Twelve new stories."),
        (21, "id", "21 cerita baru."),
    ],
)
def test_a_sentence_opens_with_a_number_in_letters(count, language, opening):
    """As both languages have it, up to twenty."""
    found = lede(edition_of(*stories_on(*["maritime"] * count, language=language), language=language))
    assert found.startswith(opening)


def test_a_headline_in_another_language_is_announced():
    """So that a reader, or who reads aloud, is not surprised."""
    english = edition_of(*stories_on("maritime", language="en"))
    assert "Yang utama (berbahasa Inggris): Perundingan" in lede(english)
    assert "Top story (in Indonesian): Perundingan" in lede(edition_of(*stories_on("maritime"), language="en"))


def test_counts_leave_out_what_is_none():
    """No `0 developing`."""
    edition = replace(ordinary(), developing_count=0, new_count=3)
    assert telling.counts(edition, Words(edition.series)) == "3 baru · 412 artikel dari 25 sumber diperiksa"


def test_of_one_crawl_the_outlet_that_published_first_was_first():
    """All articles of a crawl are seen at once; the order in which outlets were read tells nothing."""
    early, late = (
        article(outlet, *TALKS, id_=number, topics=(tag("maritime", "a"),))
        for outlet, number in (("kompas", 9), ("detik", 8))
    )
    late = replace(
        late,
        published_at=early.published_at.replace(hour=early.published_at.hour + 1),
        first_seen_at=early.first_seen_at,
    )
    (card,) = edition_of(story(1, late, early)).new
    assert card.first_outlet == early.outlet_title
    assert card.headline.outlet == early.outlet_title


def test_outlets_of_which_the_same_is_to_be_said_are_named_together():
    """On a broken day one sentence, not one an outlet."""
    problems = [
        *(OutletProblem(outlet=title, kind=ProblemKind.UNREAD) for title in ("Kontan", "Kompas", "Detik")),
        OutletProblem(outlet="Tempo", kind=ProblemKind.SILENT, usual=41.0),
    ]
    edition = replace(ordinary(), coverage=replace(COVERAGE, problems=tuple(problems)))
    assert telling.problems(edition, Words(edition.series)) == [
        "Kontan, Kompas, dan Detik: belum dibaca.",
        "Tempo: tidak ada artikel (biasanya 41 sehari).",
    ]
