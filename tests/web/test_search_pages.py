"""Search: what matches, quoted within our limit, and a way on where nothing does."""

import pytest
from digest_samples import article, story, tag
from filled import keep
from markup import links, said, sound
from visiting import asking

from web.searching import marked


def results(html):
    """Give the headlines of what was found."""
    return [said(element) for element in sound(html) if element.tag == "h3"]


def test_it_finds_articles_in_both_languages(get):
    """Articles of one story are one result, which leads to the story; the words found are marked."""
    html = get("/search?q=Natuna+kapal")
    assert len(results(html)) == 1
    assert "artikel lain dari cerita ini juga cocok" in html
    assert "<mark>" in html
    assert any(address.startswith("/stories/") for address in links(sound(html)))
    assert results(get("/search?q=submarine")) == [
        "PT PAL cuts steel for Indonesia’s first Scorpène Evolved submarine in Surabaya"
    ]


def test_topic_and_time_narrow_it(get):
    """By code of a topic, and by how long ago an article was first seen."""
    assert results(get("/search?q=anggaran&topic=cyber")) == []
    assert len(results(get("/search?q=anggaran&topic=defence_policy_procurement_industry"))) == 1
    assert results(get("/search?q=fraksi+terbelah&since=1d")) == []
    assert len(results(get("/search?q=fraksi+terbelah&since=7d"))) == 1


@pytest.mark.parametrize("words", ["tidakadakatasepertiini", "yang dan di", '"', "-natuna"])
def test_what_finds_nothing_says_so_and_what_to_try(get, words):
    """No empty page, no fault."""
    html = get(f"/search?q={words}&topic=maritime")
    if not results(html):
        told = next(said(element) for element in sound(html) if element.tag == "main")
        assert "Coba" in told


def test_an_empty_field_is_no_search(get):
    """The form alone."""
    assert not [element for element in sound(get("/search?q=+")) if element.get("id") == "results"]


def test_what_is_typed_stays_text(get):
    """In the field, the title and the sentence that nothing was found."""
    html = get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3Exyzzy")
    sound(html)
    assert "<script" not in html


def test_results_are_paged(filled, site):
    """Twenty articles a page; the last page leads no further."""
    with filled:
        for number in range(50):
            keep(
                filled,
                story(
                    800 + number,
                    article(
                        "detik",
                        f"Latihan zebra nomor {number}",
                        "Zebra berlari.",
                        id_=8000 + number,
                        topics=(tag("maritime"),),
                    ),
                ),
            )
    client = asking(site)
    shown, address = [], "/search?q=zebra"
    while address:
        found = sound(client.get(address).text)
        shown += [said(element) for element in found if element.tag == "h3"]
        address = next((one.get("href") for one in found if one.get("rel") == "next"), None)
    assert len(shown) == len(set(shown)) == 50


def test_too_many_words_are_refused(reading):
    """A page that says so, not a fault."""
    assert reading.get("/search?q=" + "a" * 201).status_code == 400
    assert reading.get("/search?q=natuna&page=11").status_code == 400


def test_marks_are_the_only_markup():
    """A quoted text is escaped; marks without a partner are text."""
    assert marked("«rudal» <b>» & «") == "<mark>rudal</mark> &lt;b&gt;» &amp; «"
