"""Dates: every form that the outlets print, in the zone that they mean."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from processing.extraction.dates import MONTHS, read_date

JAKARTA = ZoneInfo("Asia/Jakarta")
NEW_YORK = ZoneInfo("America/New_York")


def local(text, **options):
    """Read a date of an Indonesian outlet; give it as ISO text."""
    moment = read_date(text, JAKARTA, **options)
    return moment and moment.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selasa, 17 Februari 2026 / 17:41 WIB", "2026-02-17T17:41:00+07:00"),
        ("Rabu, 02 Januari 2019 | 21:10 WIB", "2019-01-02T21:10:00+07:00"),
        ("2026-03-26 12:14:10", "2026-03-26T12:14:10+07:00"),
        ("Kompas.com - 04/09/2023, 10:12 WIB", "2023-09-04T10:12:00+07:00"),
        ("2023-09-04T03:12:00+00:00", "2023-09-04T03:12:00+00:00"),
        ("Minggu, 17 Agustus 2025 | 15.00 WIB", "2025-08-17T15:00:00+07:00"),
        ("Rabu, 02 Jan 2019 22:00 WIB", "2019-01-02T22:00:00+07:00"),
        ("2019/01/02 18:26:24", "2019-01-02T18:26:24+07:00"),
        ("Senin, 4 September 2023 10:12 WIB", "2023-09-04T10:12:00+07:00"),
        ("Jum'at, 17 Februari 2017 - 13:30 wib", "2017-02-17T13:30:00+07:00"),
        ("Tayang: Senin, 18 September 2023 10:12 WITA", "2023-09-18T10:12:00+08:00"),
        ("Senin, 18 September 2023 10:12 WIT", "2023-09-18T10:12:00+09:00"),
        ("Senin, 18 September 2023, 10:12WIB", "2023-09-18T10:12:00+07:00"),
        ("24 Apr 2026, 20:05 WIB", "2026-04-24T20:05:00+07:00"),
        ("24 April 2026 20:05", "2026-04-24T20:05:00+07:00"),
        ("Kamis, 05/11/2015 09:25 WIB", "2015-11-05T09:25:00+07:00"),
        ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
        ("2016-02-16T13:01:52+0700", "2016-02-16T13:01:52+07:00"),
        ("2017-05-15T18:43:56+07:00", "2017-05-15T18:43:56+07:00"),
        ("Published on Sep. 29, 2025", "2025-09-29T00:00:00+07:00"),
        ("20260326T121410Z", "2026-03-26T12:14:10+00:00"),
        ("2026-03-26T12:14:10.250Z", "2026-03-26T12:14:10+00:00"),
        ("Fri, 20 Nov 2026 21:05:00 +0700", "2026-11-20T21:05:00+07:00"),
        ("Fri, 20 Nov 2026 21:05:00 GMT", "2026-11-20T21:05:00+00:00"),
        ("September 16, 2025 16:08 GMT+700", "2025-09-16T16:08:00+07:00"),
        ("20 November 2026, 21:05 GMT+7", "2026-11-20T21:05:00+07:00"),
        ("1700000000", "2023-11-14T22:13:20+00:00"),
        ("1700000000123", "2023-11-14T22:13:20+00:00"),
    ],
)
def test_a_date_is_read_as_the_outlet_meant_it(text, expected):
    """Each form that the dossier lists gives the instant that the page's readers saw."""
    assert local(text) == expected


@pytest.mark.parametrize("text", ["2019-01-02T18-26-24Z", "2019-01-02 T18:26:24Z"])
def test_a_false_z_is_local_time_where_the_outlet_is_declared_so(text):
    """Detik marks WIB with a `Z`: the declaration decides whether to believe it."""
    assert local(text, zulu_is_local=True) == "2019-01-02T18:26:24+07:00"
    assert local(text) == "2019-01-02T18:26:24+00:00"


def test_an_honest_offset_is_believed_whatever_the_declaration_says():
    """`zulu_is_local` is about the letter Z alone."""
    assert local("2019-01-02T18:26:24+00:00", zulu_is_local=True) == "2019-01-02T18:26:24+00:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Diterbitkan 04 September 2023, 10:12 WIB Diperbarui 05 September 2023, 08:00 WIB",
            "2023-09-04T10:12:00+07:00",
        ),
        (
            "Diperbarui 05 September 2023, 08:00 WIB Diterbitkan 04 September 2023, 10:12 WIB",
            "2023-09-04T10:12:00+07:00",
        ),
        ("Kompas.com - 04/09/2023, 10:12 WIB Diperbarui 04/09/2023, 11:00 WIB", "2023-09-04T10:12:00+07:00"),
        ("Diperbarui 05 September 2023, 08:00 WIB", None),
        ("Updated September 5, 2023", None),
    ],
)
def test_the_time_of_an_update_is_not_the_time_of_publishing(text, expected):
    """What follows "Diperbarui" or "Updated" is left aside, wherever it stands."""
    assert local(text) == expected


def test_days_come_before_months():
    """04/09/2023 is the fourth of September; a figure that can only be a day is one."""
    assert local("04/09/2023") == "2023-09-04T00:00:00+07:00"
    assert local("09/24/2023") == "2023-09-24T00:00:00+07:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("September 5, 2023 10:17 PM ET", "2023-09-05T22:17:00-04:00"),
        ("Dec. 5, 2023 at 12:07 a.m. EST", "2023-12-05T00:07:00-05:00"),
        ("5th September 2023", "2023-09-05T00:00:00-04:00"),
    ],
)
def test_american_forms(text, expected):
    """Month first in words, twelve-hour clocks, zones with summer time."""
    assert read_date(text, NEW_YORK).isoformat() == expected


def test_every_month_has_its_number():
    """A table is easily wrong in one place (a public scraper takes Agustus for May)."""
    names = [
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
    ]
    assert [MONTHS[name] for name in names] == list(range(1, 13))
    assert {MONTHS[name] for name in ("agu", "ags", "agt", "aug", "agustus")} == {8}


@pytest.mark.parametrize(
    ("text", "hours"), [("5 jam lalu", 5), ("2 hari yang lalu", 48), ("3 minggu lalu", 504), ("1 hour ago", 1)]
)
def test_relative_times_count_back_from_when_the_page_was_fetched(text, hours):
    """Only where the caller says when that was."""
    as_of = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert (as_of - read_date(text, JAKARTA, as_of=as_of)).total_seconds() == hours * 3600
    assert local(text) is None


@pytest.mark.parametrize("text", ["", "tidak ada tanggal", "31/02/2023", "2023-13-45", "WIB", "99/99/9999", "0" * 5000])
def test_no_date_is_none(text):
    """Days that no calendar has, and text without one, give None and never an error."""
    assert local(text) is None
