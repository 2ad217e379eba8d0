"""A story's page: everything that is known of it, and no more of an article than the law of the desk allows."""

import re

from digest_samples import CUTOFF, article, natuna, story
from filled import keep
from markup import links, said, sound
from visiting import asking

from processing.store import articles, story_changes


def main_of(html):
    """Give the text of a page without its frame."""
    return next(said(element) for element in sound(html) if element.tag == "main")


def test_a_story_says_who_reported_it_and_when(get, ids):
    """Headline, weight with its reasons, newsrooms, the editions that told it, and every article with its outlet and time."""
    html = get(f"/stories/{ids[101]}")
    told = main_of(html)
    assert "bobot 4/5" in told
    assert "5 redaksi independen" in told
    assert "Antara (media negara)" in told
    assert "Naval News (bahasa Inggris)" in told
    assert "Minggu, 22 November 2026" in told
    assert "Sabtu, 21 November 2026" in told
    for one in natuna().articles:
        assert one.title in told
        assert one.url in links(sound(html))
    assert "/editions/pertahanan/2026-11-22-0600" in links(sound(html))
    assert "/editions/p-0123456789ab/2026-11-22-0600" not in links(sound(html))


def test_all_that_rests_on_one_wire_says_so(get, ids):
    """Who copies or quotes whom stands beside the article."""
    assert "mengutip Yonhap" in main_of(get(f"/stories/{ids[102]}"))


def test_no_more_than_two_sentences_of_an_article(get, ids):
    """The summary is quoted once, and the rest of the text stays in the store."""
    for sample in (101, 102, 103, 104, 105):
        html = get(f"/stories/{ids[sample]}")
        (lede,) = (element for element in sound(html) if element.get("class") == "lede")
        assert len(said(lede)) <= 300
        assert len(re.findall(r"[.!?](?: |$)", said(lede))) <= 3  # an abbreviation may hold one
    assert "Laksda TNI Irvan" not in get(f"/stories/{ids[101]}")


def test_a_merged_story_leads_to_the_one_it_is_now(filled, site, ids):
    """301 for good, language kept; an id that was never given is not there."""
    with filled:
        kept = story_changes.merge(filled, [ids[106], ids[107]], at=CUTOFF, reason="test")
    gone = next(id_ for id_ in (ids[106], ids[107]) if id_ != kept)
    answer = asking(site).get(f"/stories/{gone}?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/stories/{kept}?lang=en")
    assert "Manila signs" in main_of(asking(site).get(f"/stories/{kept}").text)


def test_a_long_story_is_paged(filled, site):
    """Sixty articles a page, the newest first, all of them reached."""
    members = [
        article("detik", f"Kabar ke-{number} dari laut", "Isinya pendek.", id_=7000 + number, hours=number / 10)
        for number in range(1, 131)
    ]
    with filled:
        id_ = keep(filled, story(900, *members))
    client = asking(site)
    shown = []
    for number in (1, 2, 3):
        found = sound(client.get(f"/stories/{id_}?page={number}").text)
        shown += [said(element) for element in found if element.get("class") == "title"]
    assert shown == [f"Kabar ke-{number} dari laut" for number in range(1, 131)]
    assert client.get(f"/stories/{id_}?page=4").status_code == 404


def test_a_story_is_told_in_english_too(get, ids):
    """Labels, topics and days follow the language; headlines keep theirs, and say so."""
    html = get(f"/stories/{ids[101]}?lang=en")
    told = main_of(html)
    assert "5 independent newsrooms" in told
    assert "Sunday, 22 November 2026" in told
    assert "in Indonesian" in told
    assert 'lang="id"' in html


def test_hostile_articles_are_text(filled, site):
    """Markup in a headline or name is shown as it is; a link that is no safe address is no link."""
    from digest_samples import hostile_stories  # noqa: PLC0415

    with filled:
        kept = [keep(filled, one) for one in hostile_stories()[:5]]
    for id_ in kept:
        html = asking(site).get(f"/stories/{id_}").text
        found = sound(html)
        assert "<script" not in html
        assert not {"i", "u", "b"} & {element.tag for element in found if said(element).startswith(("<", "istilah"))}
        assert "javascript:" not in html
        assert "secret@" not in html


def test_an_article_that_is_taken_down_is_gone(filled, site, ids):
    """Pages show what is stored now; a story without articles is not there."""
    with filled, filled.cursor() as cursor:
        known = articles.ids(filled, [one.url for one in natuna().articles])
        cursor.execute("DELETE FROM article WHERE id = ANY(%s)", (list(known.values()),))
    assert asking(site).get(f"/stories/{ids[101]}").status_code == 404
