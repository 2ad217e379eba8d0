"""Building and mailing editions by the settings: when one is due, and what a relay that puts mail off leads to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from relay import Relay

from desk import steps
from desk.steps.digesting import DESK, desk_series
from desk.steps.due import due_on, last_due, next_due
from desk.steps.opened import load_settings, opened
from processing.errors import SettingError
from processing.model import Series
from processing.store import readers
from processing.store.series import save_series

AS_OF = datetime(2026, 11, 21, 23, tzinfo=UTC)
READER = "pembaca@example.org"


@pytest.fixture
def settings(database_url, monkeypatch, tmp_path):
    """Give a desk with one reader."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        readers.add_reader(connection, READER, DESK, consent_source="test", as_of=AS_OF)
    return settings


def test_edition_is_due_at_the_readers_hour_on_its_days():
    """The last edition due is that of the last morning, of the series' weekdays, in its zone."""
    series = Series(name="a", title="A", weekdays=(1, 2, 3, 4, 5))
    friday = datetime(2026, 11, 20, 6, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert due_on(series, date(2026, 11, 20)) == friday
    assert last_due(series, friday) == friday
    assert last_due(series, friday - timedelta(minutes=1)) == friday - timedelta(days=1)
    assert last_due(series, friday + timedelta(days=2)) == friday
    assert next_due(series, friday) == friday + timedelta(days=3)
    assert next_due(series, friday - timedelta(minutes=1)) == friday


def test_mail_that_is_put_off_waits_and_goes_out_later(settings, monkeypatch):
    """A delayed mail makes the task fail with one sentence, and a later try sends it, once."""
    assert list(steps.serve(as_of=AS_OF).values()) == [1]
    with Relay({READER: "450 4.2.1 busy"}) as relay:
        monkeypatch.setenv("PANTAU_SMTP_URL", f"smtp://127.0.0.1:{relay.port}")
        with pytest.raises(steps.MailWaits, match="has put off 1 mails"):
            steps.deliver(as_of=AS_OF)
        relay.answers.clear()
        with pytest.raises(steps.MailWaits):
            steps.deliver(as_of=AS_OF + timedelta(minutes=1))
        assert steps.deliver(as_of=AS_OF + timedelta(minutes=6)) == {"sent": 1}
        assert steps.deliver(as_of=AS_OF + timedelta(minutes=12)) == {}
        assert relay.recipients == [READER]


def test_digest_without_a_relay_says_what_to_set(settings):
    """A desk that was never told its relay does not pretend to send."""
    with pytest.raises(SettingError, match="PANTAU_SMTP_URL is not set"):
        steps.deliver(as_of=AS_OF)


def test_unread_day_is_told_as_broken(settings):
    """An edition of a day on which nothing was read says so; silence must not look like failure."""
    shown = steps.preview(as_of=AS_OF)
    assert shown.edition.condition == "broken"
