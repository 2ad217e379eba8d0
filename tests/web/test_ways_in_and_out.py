"""Unsubscribing by one click (RFC 8058), subscribing, and confirming: nothing happens by looking at a page."""

import pytest
from digest_samples import CUTOFF
from markup import said, sound
from visiting import asking, make_site

from processing import tokens
from processing.store import letters, readers
from processing.store.readers import Choice

FORM = {
    "address": "siti@example.org",
    "language": "id",
    "timezone": "Asia/Jakarta",
    "send_at": "06:00",
    "weekdays": ["1", "2", "3"],
    "topics": ["maritime"],
}


@pytest.fixture
def reader(filled):
    """Give a reader of the desk's digest."""
    with filled:
        return readers.add(filled, "budi@example.org", Choice(), consent_source="test", as_of=CUTOFF)


def state(filled, reader):
    """Give a reader's state as it is stored."""
    with filled:
        return readers.by_id(filled, reader.id).state


def test_one_click_unsubscribes(filled, client, reader):
    """As a mailbox provider posts it: from elsewhere, without cookies, and not led on to another address."""
    answer = client.post(
        f"/unsubscribe/{reader.token}",
        content="List-Unsubscribe=One-Click",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": "https://mail.provider.example",
            "Sec-Fetch-Site": "cross-site",
        },
    )
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert state(filled, reader) == "unsubscribed"
    with filled:
        assert readers.is_suppressed(filled, "budi@example.org")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"data": {}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": b"\x00\xff", "headers": {"Content-Type": "application/json"}},
    ],
)
def test_any_post_unsubscribes(filled, client, reader, sent):
    """The button of the page, multipart as RFC 8058 allows it, and bodies that make no sense."""
    assert client.post(f"/unsubscribe/{reader.token}", **sent).status_code == 200
    assert state(filled, reader) == "unsubscribed"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_looking_unsubscribes_nobody(filled, client, reader, method):
    """Link scanners look; only a POST ends the mail."""
    answer = client.request(method, f"/unsubscribe/{reader.token}?List-Unsubscribe=One-Click")
    assert answer.status_code == (200 if method in {"GET", "HEAD"} else 405)
    assert state(filled, reader) == "active"


def test_the_page_has_a_button(client, reader):
    """One form, one button, and a POST."""
    found = sound(client.get(f"/unsubscribe/{reader.token}").text)
    assert [(form.get("method"), form.get("action")) for form in found if form.tag == "form"] == [
        ("post", f"/unsubscribe/{reader.token}")
    ]


def test_an_unknown_token_is_answered_alike(client, reader):
    """Nobody learns whether a token is somebody's; a second click is no fault either."""
    known = client.post(f"/unsubscribe/{reader.token}")
    again = client.post(f"/unsubscribe/{reader.token}")
    unknown = client.post("/unsubscribe/000000000000000000000000")
    assert known.status_code == again.status_code == unknown.status_code == 200
    assert known.text == again.text == unknown.text


def test_a_token_with_odd_characters_is_text(client):
    """It is shown in the form's address, escaped."""
    html = client.get("/unsubscribe/%22%3E%3Cscript%3E").text
    sound(html)
    assert "<script" not in html


def test_asking_writes_one_letter_and_subscribes_nobody(filled, client):
    """Pending until confirmed; the answer says nothing of who is a reader."""
    known = client.post("/subscribe", data=FORM)
    assert (known.status_code, known.headers["location"]) == (303, "/subscribe?done=asked")
    assert "sedang dikirim" in client.get("/subscribe?done=asked").text
    with filled:
        asked = readers.by_address(filled, "siti@example.org")
    assert asked.state == "pending"
    assert asked.consent_source == "the page https://pantau.example/subscribe"
    with filled, filled.cursor() as cursor:
        cursor.execute("SELECT kind FROM letter")
        assert cursor.fetchall() == [("confirmation",)]


def test_an_address_that_must_not_be_written_to_gets_the_same_answer(filled, client):
    """A complaint is nobody else's business."""
    with filled:
        readers.suppress(filled, "siti@example.org", reason="complaint", as_of=CUTOFF)
    answer = client.post("/subscribe", data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/subscribe?done=asked")
    with filled, filled.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM letter")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "wrong", [{"address": "siti"}, {"address": ""}, {"address": "a@b\nBcc: c@d.example"}, {"weekdays": []}]
)
def test_a_form_that_cannot_be_taken_keeps_what_was_typed(filled, client, wrong):
    """422, with the reason, and nobody is asked."""
    answer = client.post("/subscribe", data=FORM | wrong)
    assert answer.status_code == 422
    found = sound(answer.text)
    assert len([element for element in found if element.get("role") == "alert"]) == 1
    assert ("topics", "maritime") in {(e.get("name"), e.get("value")) for e in found if "checked" in e.attrib}
    with filled:
        assert readers.list_readers(filled) == []


def test_nobody_subscribes_where_that_is_off(filled_url):
    """No form, no link to it, and no way around it."""
    client = asking(make_site(filled_url, subscription=False))
    assert client.get("/subscribe").status_code == 404
    assert client.post("/subscribe", data=FORM).status_code == 404
    assert "/subscribe" not in client.get("/").text


def test_a_confirmation_takes_a_click(filled, client):
    """GET and HEAD confirm nobody; the POST does, and leads to the reader's own page."""
    client.post("/subscribe", data=FORM)
    with filled:
        asked = readers.by_address(filled, "siti@example.org")
        link = f"/confirm/{tokens.sign(letters.signing_key(filled), 'confirm', asked.token, CUTOFF)}"
    assert client.head(link).status_code == client.get(link).status_code == 200
    assert state(filled, asked) == "pending"
    answer = client.post(link)
    assert answer.status_code == 303
    assert state(filled, asked) == "active"
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert next(said(one) for one in sound(page.text) if one.get("role") == "status").startswith("Terkonfirmasi")


def test_a_confirmation_that_is_not_good_confirms_nobody(filled, client):
    """Forged, or for another purpose; the page leads to asking again."""
    client.post("/subscribe", data=FORM)
    with filled:
        asked = readers.by_address(filled, "siti@example.org")
        other = tokens.sign(letters.signing_key(filled), "reader", asked.token, CUTOFF)
    for signed in (other, "nonsense", asked.token):
        answer = client.post(f"/confirm/{signed}")
        assert answer.status_code == 410
        sound(answer.text)
    assert state(filled, asked) == "pending"
