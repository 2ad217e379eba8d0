"""Counting newsrooms, and the reasons that make a weight."""

from digest_samples import LABELS, article, country, missile, natuna, series, tag

from processing.digest.newsrooms import independent, official_source, reported_by
from processing.digest.ranking import points, reasons, weight
from processing.model import Standing


def test_sister_papers_are_one_newsroom():
    """Kontan and Kompas belong to one group."""
    assert independent([article("kontan", "a"), article("kompas", "b"), article("detik", "c")]) == 2


def test_five_papers_that_quote_one_wire_are_one():
    """Whether marked as a copy of the wire or only resting on it, nobody but the wire reported."""
    quoting = [article(outlet, outlet, sources=("Reuters",)) for outlet in ("kontan", "detik", "sindonews", "antara")]
    assert independent([*quoting, article("bbc", "x", sources=("Reuters",), wire=True)]) == 1


def test_quoting_through_another_adds_nothing():
    """Kontan quotes The New York Times by way of Reuters, and Detik the Times: one report, told twice."""
    both = article("kontan", "a", sources=("Reuters", "The New York Times"))
    assert independent([both, article("detik", "b", sources=("The New York Times",))]) == 1


def test_a_duplicate_counts_with_what_it_copies():
    """The same text at another outlet is no second newsroom."""
    first = article("antara", "a", id_=1)
    assert independent([first, article("detik", "a", id_=2, duplicate_of=1)]) == 1


def test_an_outlet_that_others_quote_is_counted_once():
    """Detik quotes Antara, which has its own article: one newsroom; BBC reported by itself: two."""
    assert independent([article("antara", "a"), article("detik", "b", sources=("Antara",)), article("bbc", "c")]) == 2


def test_official_bodies_are_no_newsroom():
    """Two papers that cite a ministry have each been there; the ministry is named as the official source."""
    articles = [
        article("detik", "a", sources=("Kementerian Pertahanan",)),
        article("bbc", "b", sources=("Kementerian Pertahanan",)),
    ]
    assert independent(articles) == 2
    assert official_source(articles) == "Kementerian Pertahanan"
    assert reported_by(articles) is None


def test_the_origin_is_named_when_half_rest_on_it():
    """Two of three rest on Yonhap; one of five on Reuters is not the origin."""
    assert reported_by(missile().articles) == "Yonhap"
    assert reported_by(natuna().articles) is None


def given(story, **changes):
    """Give the keys of a story's reasons with their points."""
    found = reasons(story.articles, series(**changes), Standing.NEW, labels=LABELS["id"])
    return {reason.key: reason for reason in found}, weight(found)


def test_every_reason_is_named_and_the_weight_is_their_sum():
    """More newsrooms, an official source, the reader's topic and a watched place each add to the weight."""
    plain, lighter = given(natuna())
    asked, heavier = given(natuna(), topics=("maritime",), watched=("ID",))
    assert plain.keys() == {"newsrooms", "official", "words", "new"}
    assert plain["newsrooms"].values == {"count": 5}
    assert plain["words"].values == {"terms": "kapal penjaga pantai, Natuna, ZEE"}
    assert asked.keys() == plain.keys() | {"topic", "watched"}
    assert asked["topic"].values == {"name": "Maritim"}
    assert 1 <= lighter < heavier == 5


def test_an_unremarkable_story_weighs_one():
    """One newsroom and words that hardly match."""
    found = reasons(
        [article("detik", "a", topics=(tag("maritime", "kapal", score=0.3),))], series(), Standing.NEW, labels={}
    )
    assert weight(found) == 1
    assert points(found) < 1


def test_a_watched_country_is_named_in_the_readers_language():
    """Entities carry English labels; CLDR knows the Indonesian name of a country."""
    one = article("bbc", "x", entities=(country("KR", "South Korea"),))
    found = reasons([one], series(watched=("KR",)), Standing.NEW, labels={})
    assert [reason.values for reason in found if reason.key == "watched"] == [{"name": "Korea Selatan"}]
