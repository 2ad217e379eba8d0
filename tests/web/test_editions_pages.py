"""The archive: every edition at its address, told as in the mail, and no personal series in any list."""

from dataclasses import replace

import pytest
from digest_samples import CUTOFF, EDITIONS, HOSTILE_TITLES, PREVIOUS, series
from filled import DESK, keep_edition, tell
from markup import links, said, sound
from visiting import asking, make_site

from processing.digest.plain import plain
from processing.digest.render import render
from processing.store.series import save_series

PERMALINK = "/editions/pertahanan/2026-11-22-0600"


def test_the_front_page_names_the_desks_and_their_latest_editions(get):
    """The desk's own series first; each with its newest edition, and the one before."""
    found = sound(get("/"))
    headings = [said(element) for element in found if element.tag == "h2"]
    assert headings == ["Meja Pertahanan & Geopolitik", "Defence Desk"]
    editions = [address for address in links(found) if address.count("/") == 3]
    assert editions == [
        PERMALINK,
        "/editions/pertahanan/2026-11-21-0600",
        "/editions/defence/2026-11-22-0600",
        "/editions/defence/2026-11-21-0600",
    ]


@pytest.mark.parametrize("path", ["/", "/editions/pertahanan", "/stories/1", "/search?q=natuna", "/feeds", PERMALINK])
def test_no_page_names_a_personal_series(get, path):
    """A reader's own choice is reached by its address alone."""
    assert "p-0123456789ab" not in get(path)


def test_a_personal_edition_is_reached_by_its_address_and_kept_by_no_cache(reading):
    """Its archive leads from one edition to the next, and both are for whoever has the address."""
    for path in ("/editions/p-0123456789ab", "/editions/p-0123456789ab/2026-11-22-0600"):
        answer = reading.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-cache"
        sound(answer.text)


def told_by(filled, edition):
    """Keep a sample edition that has shown no stored article."""
    stored = save_series(filled, edition.series)
    with filled:
        return keep_edition(filled, replace(edition, series=stored, shown={}))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_is_told_as_in_the_mail(filled, site, name, language):
    """Every headline, extract, reason and figure of the mail is on the page; its HTML is sound whatever strangers wrote."""
    edition = told_by(filled, replace(EDITIONS[name](language), series=series(language, name="sampel", id=0)))
    answer = asking(site).get("/editions/sampel/2026-11-22-0600")
    assert answer.status_code == 200
    found = sound(answer.text)
    shown = " ".join(said(element) for element in found if element.tag == "main")
    for card in edition.cards:
        assert " ".join(card.headline.title.split()) in shown
        assert all(" ".join(extract.text.split()) in shown for extract in card.summary)
    for mention in edition.also_seen:
        assert " ".join(mention.headline.title.split()) in shown
    assert len([element for element in found if element.tag == "h3"]) == len(edition.cards)


def test_a_hostile_edition_is_text(filled, site):
    """Markup, scripts, directions and odd links of strangers are shown as text or not at all."""
    hostile = EDITIONS["hostile"]("id")
    told_by(filled, replace(hostile, series=series("id", name="hostile", id=0)))
    html = asking(site).get("/editions/hostile/2026-11-22-0600").text
    found = sound(html)
    assert "<script" not in html
    assert "javascript:" not in html
    assert "{{" in html, "a template in an article stays its text"
    assert not {"b", "i", "u"} - {"b"} & {element.tag for element in found}
    shown = " ".join(said(element) for element in found)
    assert " ".join(plain(HOSTILE_TITLES[0]).split()) in shown
    assert not set("\u202e\u2066\u200f\u2028\u2029\x00\x1b") & set(html)


def test_an_edition_leads_to_those_before_and_after_it(get):
    """The first has none before it, the last none after it."""
    first = sound(get("/editions/pertahanan/2026-11-21-0600"))
    last = sound(get(PERMALINK))
    rels = [(element.get("rel"), element.get("href")) for element in first + last if element.tag == "a"]
    assert [one for one in rels if one[0] in {"prev", "next"}] == [
        ("next", PERMALINK),
        ("prev", "/editions/pertahanan/2026-11-21-0600"),
    ]


def test_a_mails_link_leads_to_its_edition(reading):
    """The address that the mail gives is the page's, in the zone that the edition was made for."""
    from digest_samples import web_links  # noqa: PLC0415

    edition = EDITIONS["normal"]("id")
    address = web_links(edition).edition
    assert reading.get(address).status_code == 200


def test_an_address_stays_when_the_series_moves_to_another_zone(filled, site):
    """The zone of an address is the edition's own."""
    with filled:
        save_series(filled, replace(DESK, timezone="Asia/Jayapura"))
    assert asking(site).get(PERMALINK).status_code == 200
    assert asking(site).get("/editions/pertahanan/2026-11-22-0800").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/editions/nobody",
        "/editions/pertahanan/2026-11-22-0601",
        "/editions/pertahanan/2026-13-45-9999",
        "/editions/pertahanan/..%2f..%2fetc",
        "/editions/pertahanan?page=2",
        "/stories/0",
        "/stories/999999",
        "/stories/99999999999999999999999",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(reading, path):
    """404, in the desk's language, with a way on."""
    answer = reading.get(path)
    assert answer.status_code == 404
    assert "/" in links(sound(answer.text))


def test_the_archive_is_paged(filled, site):
    """Thirty editions a page, each once, the newest first."""
    with filled:
        for days in range(2, 40):
            tell(filled, DESK, CUTOFF - (CUTOFF - PREVIOUS) * days)
    client = asking(site)
    stamps = []
    for number in (1, 2):
        found = sound(client.get(f"/editions/pertahanan?page={number}").text)
        stamps += [address for address in links(found) if address.startswith("/editions/pertahanan/")]
    assert stamps == sorted(set(stamps), reverse=True)
    assert len(stamps) == 40
    assert client.get("/editions/pertahanan?page=3").status_code == 404


def test_the_language_is_the_series_unless_another_is_asked_for(reading):
    """An English desk speaks English; `?lang=` switches, and stays in the links."""
    assert 'lang="en"' in reading.get("/editions/defence/2026-11-22-0600").text[:40]
    asked = sound(reading.get("/editions/defence/2026-11-22-0600?lang=id").text)
    assert asked[0].get("lang") == "id"
    assert all("lang=" in address for address in links(asked) if address.startswith("/"))
    assert sound(reading.get("/?lang=xx").text)[0].get("lang") == "id"


def test_a_public_page_is_not_sent_twice(reading):
    """An ETag, and 304 for whoever has the page."""
    first = reading.get(PERMALINK)
    again = reading.get(PERMALINK, headers={"If-None-Match": first.headers["etag"]})
    assert (first.headers["cache-control"], again.status_code, again.content) == ("public, max-age=60", 304, b"")
    assert reading.get(PERMALINK, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_head_is_answered_as_a_get_without_its_body(reading):
    """Programs that only look get the same headers."""
    assert reading.head(PERMALINK).status_code == 200


def test_corrections_stand_at_the_top(filled, site):
    """What was told and is not so comes before the stories."""
    from processing.model import Correction  # noqa: PLC0415

    edition = EDITIONS["normal"]("id")
    correction = Correction(
        kind="corrected", headline=edition.cards[0].headline, before="Judul <lama>", note="Rinciannya."
    )
    told_by(filled, replace(edition, series=series("id", name="ralat", id=0), corrections=(correction,)))
    found = sound(asking(site).get("/editions/ralat/2026-11-22-0600").text)
    main = next(said(element) for element in found if element.tag == "main")
    assert main.index("Judul <lama>") < main.index("Cerita baru")


def test_the_mails_own_links_are_not_on_the_page(get):
    """No token's place, no unsubscribing: the page is everybody's."""
    edition = EDITIONS["normal"]("id")
    from digest_samples import web_links  # noqa: PLC0415

    assert "unsubscribe" in render(edition, web_links(edition)).html
    assert "unsubscribe" not in get(PERMALINK)
    assert "pantau-any" not in get(PERMALINK)


def test_a_store_without_editions_says_so(database_url):
    """On the first day the front page is no empty page."""
    assert "Belum ada edisi" in asking(make_site(database_url)).get("/").text
