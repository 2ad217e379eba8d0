"""A reader's own page: by a signed link alone, and everything on it does what it says."""

from datetime import time, timedelta

import pytest
from digest_samples import CUTOFF
from markup import said, sound
from visiting import asking, make_site

from processing import tokens
from processing.store import alerts, letters, readers
from processing.store.readers import Choice

ADDRESS = "budi@example.org"
CHOICE = {
    "language": "en",
    "timezone": "Asia/Makassar",
    "send_at": "07:15",
    "weekdays": ["1", "3"],
    "topics": ["cyber", "maritime"],
    "watched": ["bakamla"],
    "added": "Semenanjung Korea, Natuna",
    "desks": ["defence"],
}


@pytest.fixture
def reader(filled):
    """Give a reader of the desk's digest."""
    with filled:
        return readers.add(filled, ADDRESS, Choice(desks=("pertahanan",)), consent_source="test", as_of=CUTOFF)


@pytest.fixture
def own(filled, reader):
    """Give the address of the reader's own page."""
    with filled:
        return f"/reader/{tokens.sign(letters.signing_key(filled), 'reader', reader.token, CUTOFF)}"


def now(filled, reader):
    """Give the reader as it is stored."""
    with filled:
        return readers.by_id(filled, reader.id)


def test_the_page_shows_what_is_chosen(client, own):
    """Address, desk, and a form for everything; nobody keeps it."""
    answer = client.get(own)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = sound(answer.text)
    assert ADDRESS in answer.text
    checked = [element.get("value") for element in found if "checked" in element.attrib]
    assert checked == ["pertahanan", "1", "2", "3", "4", "5", "6", "7", "id"]


def test_a_choice_is_kept(filled, client, own, reader):
    """Topics, names, hour, days, zone, language and desks; the answer leads back to the page."""
    answer = client.post(f"{own}/choice", data=CHOICE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{own}?done=saved")
    with filled:
        assert readers.choice_of(filled, reader.id) == Choice(
            language="en",
            timezone="Asia/Makassar",
            send_at=time(7, 15),
            weekdays=(1, 3),
            topics=("cyber", "maritime"),
            watched=("bakamla", "korean-peninsula", "natuna"),
            desks=("defence",),
        )
    page = client.get(answer.headers["location"]).text
    found = sound(page)
    assert found[0].get("lang") == "en"
    assert [said(one) for one in found if one.get("role") == "status"] == ["Saved. It holds from the next edition on."]
    assert "Korean Peninsula" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"weekdays": []}, "paling sedikit satu hari"),
        ({"send_at": "25:00"}, "“25:00” bukan jam"),
        ({"send_at": ""}, "bukan jam"),
        ({"added": "Semenanjung Koreaa"}, "Maksud Anda Korean Peninsula"),
        ({"added": "<b>xyzzyx"}, "“<b>xyzzyx” tidak dikenal"),
        ({"timezone": "Mars/Olympus"}, "tidak dapat dipilih"),
        ({"desks": ["p-0123456789ab"]}, "tidak dapat dipilih"),
        ({"desks": ["nobody"]}, "tidak dapat dipilih"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(filled, client, own, reader, wrong, told):
    """422, the page with the reason in it, and nothing is changed."""
    answer = client.post(f"{own}/choice", data=CHOICE | wrong)
    assert answer.status_code == 422
    found = sound(answer.text)
    (alert,) = (said(element) for element in found if element.get("role") == "alert")
    assert told in alert
    checked = {(element.get("name"), element.get("value")) for element in found if "checked" in element.attrib}
    assert {("topics", "cyber"), ("topics", "maritime")} <= checked
    assert now(filled, reader).series == ["pertahanan"]


def test_unknown_topics_and_names_are_left_out(filled, client, own, reader):
    """A form that was changed by hand cannot choose what there is not."""
    client.post(f"{own}/choice", data=CHOICE | {"topics": ["gossip", "cyber"], "watched": ["nobody"], "added": ""})
    with filled:
        choice = readers.choice_of(filled, reader.id)
    assert (choice.topics, choice.watched) == (("cyber",), ())


def test_alerts_are_kept(filled, client, own, reader):
    """The weight, how many a day, quiet hours, a search more and one less."""
    with filled:
        old = alerts.save_search(filled, reader.id, "kapal selam", as_of=CUTOFF)
    given = {"weight": "4", "a_day": "5", "quiet_from": "22:00", "quiet_until": "05:30"}
    answer = client.post(f"{own}/alerts", data=given | {"remove": [str(old.id)], "words": "natuna\0 -banjir"})
    assert answer.status_code == 303
    with filled:
        wishes = alerts.wishes(filled, reader.id)
    assert (wishes.weight, wishes.a_day, wishes.quiet_from, wishes.quiet_until) == (4, 5, time(22), time(5, 30))
    assert [search.words for search in wishes.searches] == ["natuna -banjir"]
    client.post(f"{own}/alerts", data=given | {"weight": ""})
    with filled:
        assert alerts.wishes(filled, reader.id).weight is None


def test_a_search_of_nothing_is_said(filled, client, own, reader):
    """A search whose words leave nothing to look for is not kept."""
    given = {"weight": "", "a_day": "3", "quiet_from": "21:00", "quiet_until": "06:00", "words": "yang dan di"}
    answer = client.post(f"{own}/alerts", data=given)
    assert answer.status_code == 422
    assert "“yang dan di” tidak dapat disimpan" in answer.text
    with filled:
        assert alerts.wishes(filled, reader.id).searches == ()


def test_no_reader_removes_anothers_search(filled, client, own):
    """Ids in a form are the reader's own."""
    with filled:
        other = readers.add(filled, "siti@example.org", Choice(), consent_source="test", as_of=CUTOFF)
        search = alerts.save_search(filled, other.id, "rudal", as_of=CUTOFF)
    given = {"weight": "", "a_day": "3", "quiet_from": "21:00", "quiet_until": "06:00"}
    client.post(f"{own}/alerts", data=given | {"remove": [str(search.id)]})
    with filled:
        assert len(alerts.wishes(filled, other.id).searches) == 1


def test_a_pause_and_its_end(filled, client, own, reader):
    """For some weeks, or until resumed; the page says until when."""
    assert client.post(f"{own}/pause", data={"weeks": "2"}).headers["location"] == f"{own}?done=paused"
    paused = now(filled, reader)
    assert (paused.state, paused.paused_until) == ("paused", CUTOFF + timedelta(weeks=2))
    assert "Minggu, 6 Desember 2026" in client.get(own).text
    client.post(f"{own}/resume")
    assert now(filled, reader).state == "active"
    client.post(f"{own}/pause", data={"weeks": "0"})
    assert now(filled, reader).paused_until is None


def test_unsubscribing_on_the_page(filled, client, own, reader):
    """All mail ends; the page stays, without what there is to choose."""
    client.post(f"{own}/unsubscribe")
    assert now(filled, reader).state == "unsubscribed"
    found = sound(client.get(own).text)
    assert not [element for element in found if element.get("name") == "topics"]
    client.post(f"{own}/choice", data=CHOICE)
    assert now(filled, reader).series == []


def test_erasing_asks_once_and_then_knows_nobody(filled, client, own, reader):
    """Without the tick nothing happens; with it the link is worth no more than any other text."""
    assert client.post(f"{own}/erase").status_code == 422
    answer = client.post(f"{own}/erase", data={"sure": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/goodbye")
    sound(client.get("/goodbye").text)
    with filled:
        assert readers.by_address(filled, ADDRESS) is None
        assert readers.is_suppressed(filled, ADDRESS)
    assert client.get(own).status_code == 410


@pytest.mark.parametrize("change", ["expired", "forged", "cut", "purpose", "token"])
def test_a_link_that_is_not_good_shows_nothing(filled, filled_url, reader, own, change):
    """Too old, changed, cut, signed for something else, or unsigned: one page, with a form that mails a fresh link."""
    with filled:
        key = letters.signing_key(filled)
    later = {"clock": lambda: CUTOFF + timedelta(days=30, seconds=1)} if change == "expired" else {}
    path = {
        "expired": own,
        "forged": f"/reader/{tokens.sign('another key', 'reader', reader.token, CUTOFF)}",
        "cut": own[:-1],
        "purpose": f"/reader/{tokens.sign(key, 'confirm', reader.token, CUTOFF)}",
        "token": f"/reader/{reader.token}",
    }[change]
    client = asking(make_site(filled_url, **later))
    answer = client.get(path)
    assert answer.status_code == 410
    assert ADDRESS not in answer.text
    assert [element for element in sound(answer.text) if element.get("action") == "/link"]
    for form in ("choice", "alerts", "pause", "resume", "unsubscribe", "erase"):
        data = {"sure": "yes", "weight": "", "a_day": "3", "quiet_from": "21:00", "quiet_until": "06:00"}
        assert client.post(f"{path}/{form}", data=data).status_code == 410
    assert now(filled, reader).state == "active"


def test_a_fresh_link_is_mailed_and_nobody_learns_for_whom(filled, client, reader):
    """The same answer for a reader and for a stranger; only the reader's mailbox knows."""
    known = client.post("/link", data={"address": ADDRESS})
    unknown = client.post("/link", data={"address": "nobody@example.org"})
    assert (known.status_code, known.headers["location"], known.content) == (
        unknown.status_code,
        unknown.headers["location"],
        unknown.content,
    )
    assert "sedang dikirim" in client.get(known.headers["location"]).text
    with filled, filled.cursor() as cursor:
        cursor.execute("SELECT reader_id, kind FROM letter")
        assert cursor.fetchall() == [(reader.id, "link")]


def test_pages_of_one_reader_are_not_anothers(filled, client, own):
    """A link shows whom it was signed for."""
    with filled:
        other = readers.add(filled, "siti@example.org", Choice(), consent_source="test", as_of=CUTOFF)
        link = tokens.sign(letters.signing_key(filled), "reader", other.token, CUTOFF)
    assert "siti@example.org" in client.get(f"/reader/{link}").text
    assert "siti@example.org" not in client.get(own).text
