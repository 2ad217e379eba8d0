"""Alerts: what is mailed at once, to whom, and within which bounds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time as clock
from datetime import timedelta

import pytest
from stored import NOON, begun, store, verdict

from desk import steps
from desk.steps.alerting import FRESH
from desk.steps.digesting import DESK, desk_series
from desk.steps.opened import load_settings, opened
from processing.store import alerts, deliveries, readers, stories, story_changes
from processing.store.series import save_series

HOUR = timedelta(hours=1)
LEAD = "Kapal penjaga pantai asing memasuki ZEE utara Natuna pada Sabtu. Bakamla mengirim dua kapal patroli ke sana."


@pytest.fixture
def settings(database_url, monkeypatch, tmp_path):
    """Give a desk with one reader, who is told at noon in Jakarta (05:00 UTC is 12:00 there) of nothing yet."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_WEB_URL", "https://pantau.example")
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        readers.add_reader(connection, "a@example.org", DESK, consent_source="test", as_of=NOON)
    return settings


def wish(settings, search=None, weight=None, a_day=3, quiet=(clock(21), clock(6)), reader=1):
    """Say what a reader wants to be told of."""
    with opened(settings) as connection:
        alerts.set_threshold(connection, reader, weight, a_day, *quiet)
        if search:
            alerts.save_search(connection, reader, search, as_of=NOON)


def ship(settings, *outlets, title="Kapal asing di Natuna", text=LEAD, hours=0.0, **given):
    """Store a story that these outlets tell; gives its id."""
    with opened(settings) as connection:
        told = [
            store(connection, name, title, f"{text} Begitu tulis {name}.", hours=hours, judgement=verdict(**given))
            for name in outlets or ("kontan",)
        ]
        return begun(connection, *told)


def run(settings, at):
    """Look for alerts; gives how many were written, held and over."""
    counts = steps.send_alerts(as_of=at)
    return counts["written"], counts["held"], counts["over"]


def mails(settings):
    """Give the letters queued: subject, text, HTML, and the state of each delivery."""
    with opened(settings) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject, body_text, body_html, state FROM letter JOIN delivery ON letter_id = letter.id ORDER BY letter.id"
        )
        return cursor.fetchall()


def test_nobody_who_asked_for_nothing_is_alerted(settings):
    """Alerts are for those who want them."""
    ship(settings, "kontan", "detik", "bbc", "antara")
    assert run(settings, NOON + HOUR) == (0, 0, 0)
    assert mails(settings) == []


def test_a_saved_search_is_told_of_once(settings):
    """With the headline, two sentences, the words that found it, and links; a second look writes nothing."""
    story = ship(settings)
    ship(settings, "detik", title="Rudal diuji", text="Rudal balistik diuji.")
    wish(settings, search="kapal natuna")
    assert run(settings, NOON + HOUR) == (1, 0, 0)
    assert run(settings, NOON + 2 * HOUR) == (0, 0, 0)
    ((subject, text, html, state),) = mails(settings)
    assert (subject, state) == ("Kapal asing di Natuna", "queued")
    for part in (text, html):
        assert "Kapal penjaga pantai asing memasuki ZEE utara Natuna pada Sabtu." in part.replace("\n", " ")
        assert "“kapal natuna”" in part.replace("\n", " ")
        assert "https://kontan.test/kapal-asing-di-natuna" in part
        assert f"https://pantau.example/stories/{story}" in part
        assert "https://pantau.example/unsubscribe/pantau-any-reader" in part
        assert "https://pantau.example/reader/pantau-any-signature" in part


def test_a_story_is_told_of_when_it_passes_the_readers_weight(settings):
    """Four newsrooms weigh three; one weighs one. The mail says why."""
    ship(settings, "kontan", "detik", "kompas", "sindonews")
    ship(settings, "bbc", title="Lain", text="Sesuatu yang lain terjadi di tempat lain.")
    wish(settings, weight=4)
    assert run(settings, NOON + HOUR) == (0, 0, 0)
    wish(settings, weight=3)
    assert run(settings, NOON + HOUR) == (1, 0, 0)
    ((_, text, _, _),) = mails(settings)
    assert "4 redaksi independen" in text
    assert "berbobot 3 atau lebih" in text.replace("\n", " ")


def test_a_day_has_so_many_alerts_and_the_weightiest_go_first(settings):
    """The rest waits for the next day of the reader's zone, if it is fresh then."""
    wish(settings, search="kapal", a_day=2, quiet=(clock(), clock()))
    ship(settings, "kontan", title="Kapal satu", hours=6)
    ship(settings, "detik", title="Kapal dua", hours=7)
    ship(settings, "kontan", "detik", title="Kapal tiga", hours=8)
    assert run(settings, NOON + 8 * HOUR) == (2, 0, 1)
    assert [mail[0] for mail in mails(settings)] == ["Kapal tiga", "Kapal satu"]
    assert run(settings, NOON + 11 * HOUR) == (0, 0, 1)
    assert run(settings, NOON + 12 * HOUR) == (1, 0, 0)  # midnight in Jakarta


def test_quiet_hours_hold_what_is_still_fresh_when_they_end(settings):
    """From nine to six in the reader's zone nothing is mailed; at six it is, but not what began twelve hours before."""
    wish(settings, search="kapal")
    ship(settings, "kontan", title="Kapal sore", hours=5)
    ship(settings, "detik", title="Kapal malam", hours=9)
    assert run(settings, NOON + 9 * HOUR) == (0, 2, 0)
    assert run(settings, NOON + 18 * HOUR - timedelta(minutes=1)) == (0, 1, 0)
    assert run(settings, NOON + 18 * HOUR) == (1, 0, 0)
    assert [mail[0] for mail in mails(settings)] == ["Kapal malam"]


def test_a_story_first_seen_long_ago_is_no_alert(settings):
    """Though it gets another article now: it is the digest's."""
    story = ship(settings)
    with opened(settings) as connection:
        later = store(connection, "detik", "Kapal lagi", LEAD, hours=13)
        stories.join(connection, later, story, at=NOON + 13 * HOUR, duplicate_of=None, score=1, by="test")
    wish(settings, search="kapal", quiet=(clock(), clock()))
    assert run(settings, NOON + FRESH + timedelta(minutes=61)) == (0, 0, 0)


def test_what_was_merged_is_not_told_of_twice(settings):
    """The story that it leads to now is known, whichever id the alert was for."""
    wish(settings, search="kapal")
    kept = ship(settings, "kontan", title="Rudal diuji", text="Rudal balistik diuji coba.")
    ship(settings, "detik")
    assert run(settings, NOON + HOUR) == (1, 0, 0)
    with opened(settings) as connection:
        stories.lock(connection)
        assert story_changes.merge(connection, (1, 2), at=NOON + 2 * HOUR, reason="test") == kept
    assert run(settings, NOON + 2 * HOUR) == (0, 0, 0)


def test_two_runs_at_once_write_an_alert_once(settings):
    """And keep the number a day between them."""
    wish(settings, search="kapal", a_day=2)
    for number in range(5):
        ship(settings, title=f"Kapal {number}")
    with ThreadPoolExecutor(4) as runs:
        written = [counts["written"] for counts in runs.map(lambda _: steps.send_alerts(as_of=NOON + HOUR), range(4))]
    assert sum(written) == 2
    assert len(mails(settings)) == 2


def test_what_the_readers_digest_has_told_is_no_alert(settings):
    """One who got it in the morning's mail need not get it again."""
    ship(settings, hours=-8)
    steps.build_editions(as_of=NOON - 6 * HOUR, mail=True)
    wish(settings, search="kapal")
    with opened(settings) as connection:
        assert deliveries.states(connection) == {"queued": 1}
    assert run(settings, NOON) == (0, 0, 0)


def test_only_active_readers_are_alerted(settings):
    """Not one who paused, left or must not be written to; and what waits for one who leaves is not sent."""
    ship(settings)
    wish(settings, search="kapal")
    with opened(settings) as connection:
        readers.pause(connection, 1, until=None, as_of=NOON)
    assert run(settings, NOON + HOUR) == (0, 0, 0)
    with opened(settings) as connection:
        readers.resume(connection, 1, as_of=NOON)
    assert run(settings, NOON + HOUR) == (1, 0, 0)


def test_hostile_words_reach_neither_header_nor_markup(settings):
    """A headline, a name and a saved search are plain text, and a link that is not https is none."""
    with opened(settings) as connection:
        article = store(
            connection, "kontan", "<b>Kapal</b>\r\nBcc: x@example.org\u2028\u202e", f"{LEAD}<script>alert(1)</script>",
            url="javascript:alert(1)",
        )  # fmt: skip
        begun(connection, article)
    wish(settings, search='kapal "<img src=x>"')
    wish(settings, search="kapal")
    assert run(settings, NOON + HOUR) == (1, 0, 0)
    ((subject, text, html, _),) = mails(settings)
    assert subject == "<b>Kapal</b> Bcc: x@example.org"
    assert "<script" not in html
    assert "<b>Kapal" not in html
    assert "<img" not in html
    assert "javascript:" not in html + text
