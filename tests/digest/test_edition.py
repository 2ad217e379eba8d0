"""Which stories an edition tells, and what it says of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from digest_samples import (
    COVERAGE,
    CUTOFF,
    LABELS,
    PREVIOUS,
    article,
    broken,
    budget,
    huge_stories,
    missile,
    natuna,
    ordinary,
    ordinary_stories,
    quiet,
    series,
    small,
    story,
    submarine,
    tag,
    talks,
)

from processing.digest.edition import build
from processing.digest.summary import CHARACTERS
from processing.model import Condition, Coverage, Edition
from processing.model.codec import from_json, to_json


def edition_of(*stories, previous=PREVIOUS, coverage=COVERAGE, **changes):
    """Build an edition of a series."""
    return build(series(**changes), CUTOFF, previous, stories, coverage, labels=LABELS["id"])


def test_names_are_in_the_readers_language():
    """What the gazetteer knows is named as readers know it; what it does not know keeps its label."""
    cards = {language: edition_of(budget(), language=language).developing[0] for language in ("id", "en")}
    assert cards["id"].entities == ("Komisi I DPR", "Kemhan")
    assert cards["en"].entities == ("Komisi I DPR", "Indonesian Defence Ministry")


def told(edition):
    """Give the ids of the stories told."""
    return [card.story for card in edition.cards]


def test_an_edition_is_the_same_whatever_the_order_of_its_stories():
    """Building is pure: nothing but the stories decides."""
    stories = ordinary_stories()
    assert edition_of(*stories) == edition_of(*reversed(stories))


def test_an_edition_comes_back_from_json_as_it_was():
    """The store keeps it as JSON."""
    edition = ordinary()
    assert from_json(Edition, to_json(edition)) == edition


def test_new_and_developing_are_told_apart_by_what_was_shown():
    """A story none of whose articles was shown is new; one with shown articles is developing, on its third day."""
    edition = edition_of(natuna(), budget())
    assert [card.story for card in edition.new] == [101]
    (card,) = edition.developing
    assert (card.story, card.day, card.added, card.articles) == (104, 3, 2, 4)


def test_a_developing_story_says_only_what_is_new():
    """The sentences come from articles that no edition has shown, and repeat nothing that readers know."""
    (card,) = edition_of(budget()).developing
    assert card.headline.title == "Pengesahan anggaran alutsista 2027 ditunda ke 1 Desember"
    assert [extract.text.split()[0] for extract in card.summary] == ["Komisi", "Ketua"]
    assert {extract.source.url for extract in card.summary} == {card.headline.url}


def test_a_story_never_comes_back_unchanged():
    """Neither with all its articles shown, nor with a copy or a retelling of what was shown."""
    first = article("kompas", "Kapal asing di Natuna", "Kapal penjaga pantai asing memasuki ZEE utara Natuna pada Jumat malam.",
                    id_=1, hours=30)  # fmt: skip
    again = article("detik", "Kapal asing masuk ZEE Natuna",
                    "Kapal penjaga pantai asing memasuki ZEE utara Natuna pada malam Jumat.", id_=2, hours=3)  # fmt: skip
    copy = article("sindonews", "Lain sama sekali, dengan seratus kata baru", "Berbeda benar daripada kalimat manapun sebelumnya itu.",
                   id_=3, hours=2, duplicate_of=1)  # fmt: skip
    assert not told(edition_of(story(1, first, shown=(1,))))
    assert not told(edition_of(story(1, first, again, copy, shown=(1,))))


def test_another_language_brings_something_new_only_by_names_and_numbers():
    """An English article after Indonesian ones is judged by what both languages write alike."""
    first = article(
        "kompas",
        "Rusia dan Ukraina bertemu",
        "Delegasi Rusia dan Ukraina bertemu di Istanbul pada Sabtu.",
        id_=1,
        hours=30,
    )
    same = article("bbc", "Talks open", "Delegations from Ukraine met the other side in Istanbul after weeks of doubt.",
                   id_=2, hours=3, language="en")  # fmt: skip
    more = article("bbc", "Prisoners", "Both sides agreed to free 600 prisoners, said Hakan Fidan in Ankara.",
                   id_=3, hours=2, language="en")  # fmt: skip
    assert not told(edition_of(story(1, first, same, shown=(1,))))
    assert told(edition_of(story(1, first, same, more, shown=(1,)))) == [1]


def test_nothing_heard_for_three_days_is_dropped():
    """Seventy-two hours after its last article a story is over."""
    old = story(1, article("bbc", "x", "Sesuatu terjadi di suatu tempat.", hours=73))
    assert not told(edition_of(old, previous=None))
    assert told(
        edition_of(
            replace(old, articles=(replace(old.articles[0], first_seen_at=CUTOFF - timedelta(hours=71)),)),
            previous=None,
        )
    )


def test_what_was_passed_over_is_not_new_a_day_later():
    """A story that yesterday's edition had no room for comes back only with something heard since."""
    assert not told(edition_of(small(1, "bbc", "x", "maritime", hours=30)))


def test_nothing_after_the_cutoff_is_looked_at():
    """A rebuilt edition does not know what came later."""
    later = article(
        "bbc", "Later", "Something else happened.", hours=-1, language="en", topics=natuna().articles[0].topics
    )
    assert edition_of(replace(natuna(), articles=(*natuna().articles, later))) == edition_of(natuna())


def test_the_headline_is_in_the_readers_language_where_an_article_is():
    """The same story is told to Indonesian and English readers by different articles."""
    assert edition_of(missile()).new[0].headline.outlet == "CNN Indonesia"
    assert edition_of(missile(), language="en").new[0].headline.outlet == "BBC News"
    assert edition_of(submarine()).new[0].headline.language == "en"


def test_extracts_are_short_and_in_the_articles_own_words():
    """At most two sentences and 300 characters of an article, word for word."""
    for edition in (ordinary("id"), ordinary("en"), edition_of(*huge_stories(12))):
        for card in edition.cards:
            assert len(card.summary) <= 2
            assert sum(len(extract.text) + 1 for extract in card.summary) <= CHARACTERS + 1
    words = {word for article in missile().articles for text in article.paragraphs for word in text.split()}
    assert {word for extract in edition_of(missile()).new[0].summary for word in extract.text.split()} <= words


def test_three_to_five_new_stories_are_told_and_the_rest_by_title():
    """A fourth and fifth only where they weigh something; ten titles; what is left is counted."""
    light = [small(number, "bbc", f"Story {number}", "maritime", "en") for number in range(1, 20)]
    edition = edition_of(*light)
    assert (len(edition.new), len(edition.also_seen), edition.left_out, edition.new_count) == (3, 10, 6, 19)
    heavy = [replace(natuna(), id=number) for number in range(1, 20)]
    assert len(edition_of(*heavy).new) == 5
    assert set(edition.shown) == {card.story for card in edition.cards} | {
        mention.story for mention in edition.also_seen
    }


def test_of_what_lies_outside_the_topics_the_weightiest_is_told_and_marked():
    """A reader of cyber news learns of the ships off Natuna, and of little else."""
    edition = edition_of(*ordinary_stories(), topics=("cyber",))
    assert [(card.story, card.outside) for card in edition.cards] == [(108, False), (101, True)]


def test_the_weightiest_outside_story_is_told_even_after_five_others():
    """It takes the last place."""
    own = [replace(natuna(), id=number) for number in range(1, 9)]
    edition = edition_of(*own, small(99, "detik", "Lain", "cyber"), topics=("maritime",))
    assert [card.story for card in edition.new] == [1, 2, 3, 4, 99]


def test_who_publishes_little_is_heard_beside_who_publishes_much():
    """Of stories of one weight each newsroom's first comes before any newsroom's second, however surely the others are on topic."""
    much = [small(number, "detik", f"Kabar {number}", "maritime", hours=20 - number / 20) for number in range(1, 301)]
    (little,) = small(301, "naval_news", "One ship", "maritime", "en", hours=1).articles
    little = replace(little, topics=(tag("maritime", score=0.1),))
    edition = edition_of(*much, story(301, little), small(302, "bbc", "Another", "maritime", "en", hours=2))
    assert {card.headline.outlet for card in edition.new} == {"Detik", "BBC News", "Naval News"}
    assert {card.weight for card in edition.new} == {1}


def test_a_turn_never_goes_before_weight():
    """A newsroom's second story that weighs more than another's first is told before it."""
    weighty = [
        story(number, article("detik", f"Kabar {number}", "Sesuatu terjadi.", topics=(tag("maritime"),)))
        for number in (1, 2)
    ]
    edition = edition_of(*weighty, small(3, "bbc", "Lain", "cyber"), topics=("maritime",))
    assert [(card.story, card.weight) for card in edition.new] == [(1, 2), (2, 2), (3, 1)]


def test_quiet_and_broken_days_are_told_apart():
    """No story is a quiet day; no outlet that could be read is a broken one, whatever else came in."""
    assert quiet().condition is Condition.QUIET
    assert broken().condition is Condition.BROKEN
    unread = Coverage(articles=0, outlets=3, healthy=3)
    assert edition_of(coverage=unread).condition is Condition.BROKEN
    assert edition_of(natuna()).condition is Condition.NORMAL


def test_the_trend_compares_only_where_history_is_known():
    """Articles of the last day by topic; without a history nothing is said of the usual."""
    edition = edition_of(natuna(), missile(), talks())
    assert {line.topic: line.articles for line in edition.trend} == {
        "Maritim": 5,
        "Nuklir dan rudal": 3,
        "Konflik bersenjata": 1,
        "Diplomasi": 1,
    }
    assert {line.usual for line in edition.trend} == {None}


def test_a_topic_that_jumps_over_its_mean_is_a_reason():
    """Twice the usual and three more."""
    usual = {"maritime": 1.0, "nuclear_missile_wmd": 2.0}
    edition = build(series(), CUTOFF, PREVIOUS, [natuna(), missile()], COVERAGE, labels=LABELS["id"], usual=usual)
    assert [any(reason.key == "jump" for reason in card.reasons) for card in edition.new] == [True, False]


def test_the_coverage_table_counts_articles_by_story_and_outlet():
    """Columns are the stories as they are numbered; state media are marked."""
    edition = edition_of(natuna(), missile())
    rows = {row.outlet: (row.counts, row.state_media) for row in edition.carriers}
    assert rows["Antara"] == ((1, 0), True)
    assert rows["BBC News"] == ((0, 1), False)


def test_a_finer_topic_stands_for_its_parent():
    """Only the finer of the two is named on the card; the trend counts the parent."""
    fine = replace(tag("cyber", "peretasan"), topic="ransomware", parent="cyber")
    edition = build(
        series(), CUTOFF, PREVIOUS, [story(1, article("bbc", "x", "Sesuatu terjadi.", topics=(fine,)))], COVERAGE,
        labels={"ransomware": "Pemerasan siber", "cyber": "Siber"},
    )  # fmt: skip
    assert edition.new[0].topics == ("Pemerasan siber",)
    assert [line.topic for line in edition.trend] == ["Siber"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_countries_are_named_in_the_readers_language(language):
    """Of entities, countries have names in both."""
    card = edition_of(missile(), language=language).new[0]
    assert card.entities[0] == {"id": "Korea Utara", "en": "North Korea"}[language]
