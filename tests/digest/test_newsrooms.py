"""Counting newsrooms, and the reasons that make a weight."""

import pytest
from digest_samples import LABELS, article, country, natuna, series, story, tag

from processing.digest.facts import StoryFacts
from processing.digest.newsrooms import folded, newsrooms, original_source
from processing.digest.officials import official_source
from processing.digest.ranking import points, reasons, weight
from processing.digest.words import LANGUAGES, Words
from processing.model import Folded
from processing.templating import labels


def independent(articles):
    """Count the newsrooms that reported for themselves."""
    return len(newsrooms(articles))


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


def test_copies_of_a_text_that_is_not_here_are_one():
    """Two papers copy a text whose first telling is not among the articles: still one newsroom."""
    assert independent([article("kontan", "a", duplicate_of=7), article("detik", "b", duplicate_of=7)]) == 1


def test_newsrooms_are_named_with_all_that_leads_back_to_them():
    """The wire that two papers pass on, and a paper that was there itself."""
    rooms = newsrooms(
        [
            article("kontan", "a", sources=("Reuters",)),
            article("bbc", "b"),
            article("detik", "c", sources=("Reuters",)),
        ]
    )
    assert [(room.name, room.outlets) for room in rooms] == [
        ("Reuters", ("Kontan", "Detik")),
        ("BBC News", ("BBC News",)),
    ]
    assert folded(rooms) == Folded("Reuters", 2)
    assert folded(newsrooms([article("kontan", "a"), article("kompas", "b")])) is None


def test_the_origin_is_named_when_all_point_to_it():
    """All three go back to Antara, its own article and a copy among them; with BBC's own report that ends."""
    own = article("antara", "a", id_=1)
    telling = [own, article("detik", "a", id_=2, duplicate_of=1), article("kontan", "b", sources=("Antara",))]
    assert original_source(telling) == "Antara"
    assert original_source([*telling, article("bbc", "c")]) is None
    assert original_source(natuna().articles) is None


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("id", "Bakamla menyatakan kapal itu bertahan 14 jam.", "Bakamla"),
        ("id", "Kapal itu pergi, kata juru bicara Kementerian Pertahanan Jepang.", "Kementerian Pertahanan Jepang"),
        ("id", "Menurut Kemlu RI, duta besar itu dipanggil.", "Kemlu"),
        ("en", "The Philippine Coast Guard said its boat was hit.", "Penjaga Pantai Filipina"),
        ("en", "Eight ships sailed, according to the defence ministry.", "kementerian pertahanan"),
        ("id", "Perdana Menteri Israel mengatakan hal itu.", None),
        ("id", "Warga mengatakan kapal itu besar. TNI AL punya kapal serupa.", None),
        ("en", "Analysts said the government has no plan.", None),
        ("en", "The company said the missiles were ready.", None),
    ],
)
def test_official_source_is_the_body_that_says_it(language, sentence, name):
    """Who speaks counts, not who is spoken of; a known body has its label in the readers' language."""
    assert official_source([article("bbc", "x", sentence, language=language)], "id") == name


def test_a_body_without_a_country_is_named_in_the_readers_language():
    """An Indonesian digest does not say "defence ministry" where an English article leaves the country out."""
    told = [article("bbc", "x", "The coup failed, the defence ministry said.", language="en")]
    assert official_source(told, "id") == "kementerian pertahanan"
    assert official_source(told, "en") == "defence ministry"


def test_a_ministry_is_named_with_its_country():
    """Also where only its short name speaks; another ministry's longer name is none of its own."""
    told = (
        "Departemen Keuangan AS memasukkan 14 perusahaan ke daftar hitam. Menurut Departemen Keuangan, nilainya naik."
    )
    assert official_source([article("kontan", "x", told)], "id") == "Departemen Keuangan AS"
    two = "Kementerian Pertahanan Belanda diam. Kementerian Luar Negeri menyatakan kapal itu sudah pergi."
    assert official_source([article("kontan", "x", two)], "id") == "Kementerian Luar Negeri"


def test_a_body_that_is_no_name_has_its_country_from_an_article_where_it_speaks_with_it():
    """However far down; the ministry of another country that is only spoken of is not it, nor is a day a country."""
    told = article("bbc", "x", "The coup failed, the defence ministry said.", language="en")
    own = article("detik", "x", f"{'Kudeta gagal. ' * 8}Kementerian Pertahanan Mali mengatakan sembilan orang tewas.")
    assert official_source([told, own], "id") == "Kementerian Pertahanan Mali"
    for sentence in (
        "Mereka menghubungi Kementerian Pertahanan Rusia.",
        "Kementerian Pertahanan Senin mengatakan itu.",
    ):
        other = article("detik", "x", f"{'Kudeta gagal. ' * 8}{sentence}")
        assert official_source([told, other], "id") == "kementerian pertahanan"


def test_official_source_is_that_of_most_articles():
    """One article rests on the agency, two on the ministry."""
    told = ["Bakamla menyatakan itu.", "Kemlu RI menyatakan itu.", "Kemlu RI membenarkan itu."]
    assert official_source([article("detik", "x", text) for text in told], "id") == "Kemlu"


def given(story, jumped=frozenset(), **changes):
    """Give a story's reasons by their keys, and its weight."""
    found = reasons(StoryFacts(story.articles), series(**changes), labels=LABELS["id"], jumped=jumped)
    return {reason.key: reason for reason in found}, weight(found)


def test_copies_abroad_are_no_spread():
    """A wire's copies in three countries are one newsroom, of one country."""
    found, _ = given(
        story(1, *(article(outlet, "a", sources=("Reuters",)) for outlet in ("detik", "bbc", "naval_news")))
    )
    assert "countries" not in found


def test_every_reason_is_named_and_the_weight_is_their_sum():
    """Newsrooms, an official source, countries, a jump, the reader's topic and a watched place: these and no others."""
    plain, lighter = given(natuna())
    assert plain.keys() == {"newsrooms", "official", "countries"}
    assert plain["newsrooms"].values == {"count": 5}
    assert plain["official"].values == {"name": "Bakamla"}
    assert plain["countries"].values == {"count": 2}
    asked, heavier = given(natuna(), frozenset({"maritime"}), topics=("maritime",), watched=("ID",))
    assert asked.keys() == plain.keys() | {"topic", "watched", "jump"}
    assert asked["topic"].values == {"name": "Maritim"}
    assert points(asked.values()) == pytest.approx(points(plain.values()) + 2.5)
    assert (lighter, heavier) == (4, 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_of_its_own(language):
    """What adds to the weight is said, in both languages, and no sentence is left for what does not."""
    asked, _ = given(natuna(), frozenset({"maritime"}), topics=("maritime",), watched=("ID",))
    assert labels("digest", language)["reason"].keys() == asked.keys()
    for reason in asked.values():
        assert "{" not in Words(series(language)).say(f"reason.{reason.key}", **reason.values)


def test_an_unremarkable_story_weighs_one():
    """One newsroom, and nothing else that speaks for it: that is said, and adds nothing."""
    found, least = given(story(1, article("detik", "a", topics=(tag("maritime", "kapal", score=0.3),))))
    assert (found.keys(), least) == ({"newsrooms"}, 1)
    assert points(found.values()) == 0


def test_a_watched_country_is_named_in_the_readers_language():
    """Entities carry English labels; CLDR knows the Indonesian name of a country."""
    one = article("bbc", "x", entities=(country("KR", "South Korea"),))
    found, _ = given(story(1, one), watched=("KR",))
    assert found["watched"].values == {"name": "Korea Selatan"}
