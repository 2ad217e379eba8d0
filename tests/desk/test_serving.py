"""Ticks: each series at its own hour, once, late within a bound; and what is built by hand mails nobody unasked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from desk import steps
from desk.steps import digesting
from desk.steps.digesting import DESK, desk_series
from desk.steps.due import GRACE, GRACE_OF_FIRST
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError
from processing.model import Series
from processing.store import deliveries, editions, readers
from processing.store.readers import Choice
from processing.store.series import by_name, save_series

SIX = datetime(2026, 11, 21, 23, tzinfo=UTC)
"""Sunday 22 November, 06:00 in Jakarta."""
DAY = timedelta(days=1)


@pytest.fixture
def settings(database_url, monkeypatch, tmp_path):
    """Give a desk whose digest one reader gets, and that has served an edition before."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        readers.add_reader(connection, "a@example.org", DESK, consent_source="test", as_of=SIX - 2 * DAY)
    steps.build_editions(as_of=SIX - DAY)
    return settings


def queued(settings) -> int:
    """Count the mails that wait."""
    with opened(settings) as connection:
        return deliveries.states(connection).get("queued", 0)


def built(settings, name=DESK):
    """Give the stored editions of a series, the newest first."""
    with opened(settings) as connection:
        return editions.recent(connection, by_name(connection, name).id)


def series(settings, **changes) -> Series:
    """Keep a series like the desk's."""
    with opened(settings) as connection:
        return save_series(connection, replace(desk_series(settings), **({"name": "laut", "title": "Laut"} | changes)))


def test_nothing_is_due_before_the_hour_and_the_sentence_says_what_is_next(settings):
    """A tick with nothing to do is told apart from one that did something."""
    with pytest.raises(steps.NothingDue, match="the next is that of desk, at 2026-11-22 06:00 WIB"):
        steps.serve(as_of=SIX - timedelta(minutes=1))
    assert steps.serve(as_of=SIX) == {"desk 2026-11-22 06:00 WIB": 1}
    assert steps.serve(as_of=SIX + timedelta(minutes=15)) == {}  # nothing is due, but a mail waits
    assert queued(settings) == 1


@pytest.mark.parametrize(("late", "served"), [(timedelta(hours=3), 1), (GRACE, 1), (GRACE + timedelta(minutes=1), 0)])
def test_a_desk_that_was_down_serves_the_morning_until_the_evening(settings, late, served):
    """From 05:00 to 09:00 it was down: 06:00's edition comes. A day later nobody wants it."""
    try:
        count = len(steps.serve(as_of=SIX + late))
    except steps.NothingDue:
        count = 0
    assert count == served
    assert queued(settings) == served
    assert len(built(settings)) == 1 + served


def test_each_series_has_its_own_zone_hour_and_days(settings):
    """Jayapura's six is two hours before Jakarta's; a series of working days rests on Sunday."""
    timur = series(settings, name="timur", timezone="Asia/Jayapura")
    series(settings, name="kerja", weekdays=(1, 2, 3, 4, 5))
    assert list(steps.serve(as_of=SIX - timedelta(hours=2))) == [f"{timur.name} 2026-11-22 06:00 WIT"]
    assert list(steps.serve(as_of=SIX)) == ["desk 2026-11-22 06:00 WIB"]


def test_a_new_series_waits_for_its_next_hour(settings):
    """Made at 06:31 for 06:00, by an editor or by a reader's new choice, it is not served at once."""
    steps.serve(as_of=SIX)
    series(settings)
    assert steps.serve(as_of=SIX + GRACE_OF_FIRST + timedelta(minutes=1)) == {}
    assert list(steps.serve(as_of=SIX + DAY))[1:] == ["laut 2026-11-23 06:00 WIB"]


def test_a_personal_series_is_built_only_while_somebody_active_reads_it(settings):
    """A reader who pauses stops the series; one who comes back has it again."""
    with opened(settings) as connection:
        choice = Choice(topics=("maritime",), send_at=time(7))
        reader = readers.add(connection, "b@example.org", choice, consent_source="test", as_of=SIX - DAY)
    seven = SIX + timedelta(hours=1)
    steps.serve(as_of=SIX)
    assert list(steps.serve(as_of=seven).values()) == [1]
    with opened(settings) as connection:
        readers.pause(connection, reader.id, until=None, as_of=seven)
    steps.serve(as_of=SIX + DAY)
    assert steps.serve(as_of=seven + DAY) == {}
    with opened(settings) as connection:
        readers.resume(connection, reader.id, as_of=seven + DAY)
    assert list(steps.serve(as_of=seven + DAY).values()) == [1]


def test_two_runs_at_once_build_an_edition_once(settings, monkeypatch):
    """The second waits for the first, and finds the edition there."""
    made = []
    original = digesting.edition_of
    monkeypatch.setattr(digesting, "edition_of", lambda *given: made.append(1) or original(*given))
    with ThreadPoolExecutor(4) as runs:
        served = [run.result() for run in [runs.submit(steps.serve, as_of=SIX) for _ in range(4)]]
    assert sum(mails for one in served for mails in one.values()) == 1
    assert len(made) == 1
    assert queued(settings) == 1


def test_what_is_built_by_hand_mails_nobody_unless_told_so(settings):
    """A backfill fills the archive; `mail` then mails it to those who have not had it, once."""
    day = date(2026, 11, 18)
    (edition,) = steps.build_editions(as_of=SIX, day=day)
    assert queued(settings) == 0
    assert steps.build_editions(as_of=SIX, day=day, mail=True) == [edition]
    assert queued(settings) == 1
    steps.build_editions(as_of=SIX, day=day, mail=True)
    assert queued(settings) == 1


def test_a_tick_does_not_mail_what_was_built_by_hand_before_it(settings):
    """Whoever builds today's edition by hand decides whether it is mailed."""
    steps.build_editions(as_of=SIX)
    with pytest.raises(steps.NothingDue):
        steps.serve(as_of=SIX)
    assert queued(settings) == 0


def test_an_edition_of_the_future_is_refused(settings):
    """It would be stored with what nobody has seen yet, and stay so."""
    with pytest.raises(PantauError, match="still to come"):
        steps.build_editions(as_of=SIX - timedelta(minutes=1), day=date(2026, 11, 22))
    with pytest.raises(PantauError, match="no series 'laut'"):
        steps.build_editions(as_of=SIX, series="laut")


def test_editing_a_series_changes_no_past_edition(settings):
    """The day's edition stays that of the old hour, title and topics, and is shown and found as it was."""
    laut = series(settings)
    steps.build_editions(as_of=SIX, series="laut")
    before = built(settings, "laut")
    series(settings, title="Samudra", send_at=time(18), topics=("maritime",), language="en")
    assert built(settings, "laut") == before
    assert steps.build_editions(as_of=SIX + DAY, day=date(2026, 11, 22), series="laut") == [before[0].id]
    assert steps.stored_edition(as_of=SIX, day=date(2026, 11, 22), series="laut") == before[0]
    assert before[0].edition.series == laut


def test_a_past_edition_is_rendered_anew_only_when_asked(settings, monkeypatch):
    """The stored bytes come back; rendering anew replaces the parts, keeps the content, notes when, and mails nobody."""
    steps.build_editions(as_of=SIX)
    monkeypatch.setenv("PANTAU_WEB_URL", "https://pantau.example")
    first = steps.stored_edition(as_of=SIX)
    assert "pantau.example" not in first.html
    steps.build_editions(as_of=SIX + timedelta(hours=1))
    assert steps.stored_edition(as_of=SIX) == first
    again = steps.rerender(as_of=SIX + DAY, day=date(2026, 11, 22))
    assert "pantau.example" in again.html
    assert (again.id, again.edition, again.rerendered_at) == (first.id, first.edition, SIX + DAY)
    assert steps.stored_edition(as_of=SIX) == again
    assert queued(settings) == 0
