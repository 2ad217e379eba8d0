"""Lists of readers: whatever a spreadsheet makes of them, they come in whole or not at all, and nobody is revived."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk import steps
from desk.reader_cells import COLUMNS
from desk.reader_lists import read
from desk.steps.digesting import desk_series
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError
from processing.model import Series
from processing.store import alerts, readers
from processing.store.readers import Choice
from processing.store.series import save_series

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
HEAD = "address,name,topics,consent_source,consented_at"


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Give the settings of a desk with a second desk's series."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        save_series(connection, Series(name="laut", title="Laut"))
    return settings


def lines(*rows, head=HEAD):
    """Make a list of these rows."""
    return "\r\n".join((head, *rows, "")).encode()


def row(address="budi@contoh.example", name="Budi", topics="maritime", source="a form", at="2025-03-01"):
    """Make a row of it."""
    return f"{address},{name},{topics},{source},{at}"


def take(content, **more):
    """Take a list in."""
    return steps.take_list(content, as_of=NOON, **({"dry_run": False} | more))


def parsed(content):
    """Read a list without a store."""
    return read(content, usual=Choice(), zone=JAKARTA)


def kept(desk):
    """Give the readers that are kept."""
    with opened(desk) as connection:
        return readers.list_readers(connection)


def test_a_list_is_taken_in_with_the_consent_of_each_row(desk):
    """Address, name, choice, source and time of consent; a day is one of the desk's zone. Taken again, nothing changes."""
    taken = take(lines(row(), row("Siti@Contoh.example", "Siti", "maritime cyber", at="2025-03-01T10:00Z")))
    assert (dict(taken.counts), taken.faults, taken.refused) == ({"added": 2}, [], [])
    budi, siti = kept(desk)
    assert (budi.name, budi.consent_source, budi.state) == ("Budi", "a form", "active")
    assert budi.consented_at == datetime(2025, 2, 28, 17, tzinfo=UTC)
    assert siti.address == "siti@contoh.example"
    with opened(desk) as connection:
        assert readers.choice_of(connection, siti.id).topics == ("cyber", "maritime")
    again = take(lines(row(), row("siti@contoh.example", "Siti", "cyber;maritime", at="2026-01-01")))
    assert dict(again.counts) == {"unchanged": 2}
    assert kept(desk) == [budi, siti]


def test_a_changed_row_changes_the_reader_and_not_its_consent(desk):
    """The choice is the list's; what the reader agreed to first stays."""
    take(lines(row()))
    assert dict(take(lines(row(topics="cyber", source="another", at="2026-01-01"))).counts) == {"changed": 1}
    (reader,) = kept(desk)
    assert reader.consent_source == "a form"
    with opened(desk) as connection:
        assert readers.choice_of(connection, reader.id).topics == ("cyber",)


def test_a_paused_reader_stays_paused(desk):
    """No list ends a pause."""
    take(lines(row()))
    (reader,) = kept(desk)
    with opened(desk) as connection:
        readers.pause(connection, reader.id, until=None, as_of=NOON)
    take(lines(row(topics="cyber")))
    assert kept(desk)[0].state == "paused"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row("budi"), "its address is no mail address"),
        (row(topics="maritim"), "no topic 'maritim'; did you mean maritime"),
        (row(source=""), "consent_source is empty"),
        (row(at=""), "consented_at is empty"),
        (row(at="01/03/2025"), "'01/03/2025' is no date; write 2026-11-22"),
        (row() + ",more", "more cells than there are columns"),
        (row(name='"Budi\nSanto"'), "name is not one line"),
        (row("SITI@contoh.example"), "stands on line 2 already"),
    ],
)
def test_one_wrong_line_and_none_is_taken(desk, wrong, said):
    """It is named by its number, with what to do, and without the address."""
    taken = take(lines(row("siti@contoh.example"), wrong, row("jo@contoh.example")))
    (fault,) = taken.faults
    assert str(fault).startswith("Line 3: ")
    assert said in str(fault)
    assert "@contoh" not in str(fault)
    assert kept(desk) == []


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("language", "fr", "no digest in 'fr'"),
        ("timezone", "Jakarta", "is no time zone"),
        ("days", "someday", "'someday' is no day"),
        ("at", "25:00", "no hour of the day"),
        ("desks", "lau", "no desk 'lau'; take desk or laut"),
        ("watch", "natuna-se", "no entity 'natuna-se'"),
        ("state", "gone", "no state 'gone'"),
        ("alert_weight", "6", "A story weighs 1 to 5"),
        ("alert_weight", "heavy", "'heavy' in alert_weight is no number"),
        ("alerts_a_day", "21", "Alerts are 1 to 20 a day"),
        ("quiet_hours", "night", "'night' are no quiet hours"),
        ("alert_searches", "kapal | yang di", "no word to search for"),
        ("alert_searches", "|".join(f"kapal{number}" for number in range(21)), "20 saved searches at most"),
    ],
)
def test_every_column_is_checked(desk, column, cell, said):
    """Before anything is taken."""
    (fault,) = take(lines(f"{row()},{cell}", head=f"{HEAD},{column}")).faults
    assert said in str(fault)
    assert kept(desk) == []


def test_all_wrong_lines_are_told_at_once(desk):
    """In their order, also those that only the store knows to be wrong."""
    taken = take(lines(f"{row('a@b.example')},lau", f"{row('b')},", f"{row('c@b.example')},laut", head=f"{HEAD},desks"))
    assert [fault.line for fault in taken.faults] == [2, 3]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"sep=;\r\n", "is empty"),
        (b"a@b.example,x\r\n", "no column address, consent_source, consented_at"),
        (lines(row(), head=HEAD.replace("topics", "topik")), "column 'topik', which is none of address, name"),
        (lines(row(), head=HEAD.replace("topics", "name")), "a column twice"),
        ("é".encode("cp1252"), "not in UTF-8"),
        (b"PK\x03\x04\0\0", "no text"),
        (lines('"a"b@c.example,x'), "Line 2 cannot be read"),
    ],
)
def test_what_is_no_list_is_refused(content, said):
    """In one sentence that says what to do."""
    with pytest.raises(PantauError, match=said):
        parsed(content)


@pytest.mark.parametrize(
    "made",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: ("sep=;\r\n" + text.replace(",", ";")).encode(),
        lambda text: text.replace("\r\n", "\n").encode(),
        lambda text: text.replace("\r\n", "\r\n,,,,\r\n\r\n").encode(),
        lambda text: text.replace("address", " Address ").replace("2025-03-01", '"2025-03-01"').encode(),
    ],
)
def test_what_spreadsheets_make_of_a_list_is_read(made):
    """Byte-order marks, semicolons, tabs, Excel's own line, empty rows, quotation marks."""
    rows, faults = parsed(made(lines(row(name="Čedomir")).decode()))
    assert faults == []
    assert [(one.address, one.name, one.choice.topics) for one in rows] == [
        ("budi@contoh.example", "Čedomir", ("maritime",))
    ]


def test_lines_are_numbered_as_an_editor_does():
    """Past a cell of several lines and an empty one."""
    _, faults = parsed(lines(row(name='"a\nb"'), "", row("wrong")))
    assert [fault.line for fault in faults] == [2, 5]


def test_days_and_hours_are_read_as_people_write_them():
    """And as spreadsheets write them back."""
    head = f"{HEAD},days,at"
    for days, at, meant in (
        ("mon-fri", "6:00", ((1, 2, 3, 4, 5), time(6))),
        ("fri - mon", "05.30", ((1, 5, 6, 7), time(5, 30))),
        ("1 3 7", "06:00:00", ((1, 3, 7), time(6))),
        ("daily", "", ((1, 2, 3, 4, 5, 6, 7), time(6))),
    ):
        ((one,), faults) = parsed(lines(f"{row()},{days},{at}", head=head))
        assert faults == []
        assert (one.choice.weekdays, one.choice.send_at) == meant


def test_nobody_on_the_suppression_list_is_revived(desk):
    """Such a line is refused by its number; the others are taken all the same, and importing again changes nothing."""
    listed = ("left@x.example", "erased@x.example", "bounced@x.example", "spam@x.example", "removed@x.example")
    take(lines(*[row(address) for address in listed]))
    with opened(desk) as connection:
        left, _, bounced, spam, removed = [readers.by_address(connection, address) for address in listed]
        readers.unsubscribe(connection, left.token, as_of=NOON, reason="one click")
        readers.erase(connection, "erased@x.example", as_of=NOON)
        readers.change_state(connection, bounced.id, "bounced", reason="550", as_of=NOON)
        readers.change_state(connection, spam.id, "complained", reason="ARF", as_of=NOON)
        readers.remove_reader(connection, removed.address, as_of=NOON)
        before = readers.list_readers(connection)
    for counts in ({"added": 1}, {"unchanged": 1}):
        taken = take(lines(row("new@x.example"), *[row(address) for address in listed]))
        assert dict(taken.counts) == counts
        assert [fault.line for fault in taken.refused] == [3, 4, 5, 6, 7]
        assert "@x.example" not in "".join(map(str, taken.refused))
    assert [reader for reader in kept(desk) if reader.address != "new@x.example"] == before


def test_what_ended_elsewhere_ends_here(desk):
    """A row that says so stops a reader, and keeps an address that is none from ever being added by a list."""
    take(lines(row()))
    head = f"{HEAD},state"
    ended = lines(
        f"{row()},unsubscribed", f"{row('spam@x.example')},complained", f"{row('x@x.example')},pending", head=head
    )
    assert dict(take(ended).counts) == {"stopped": 2, "pending": 1}
    assert dict(take(ended).counts) == {"unchanged": 2, "pending": 1}
    assert [reader.state for reader in kept(desk)] == ["unsubscribed"]
    assert len(take(lines(row(), row("spam@x.example"))).refused) == 2


def test_a_dry_run_says_the_same_and_takes_nothing(desk):
    """It is the import itself, taken back."""
    seen = []
    taken = take(lines(row(), row("siti@contoh.example")), dry_run=True, tell=lambda done, of: seen.append((done, of)))
    assert dict(taken.counts) == {"added": 2}
    assert seen == [(1, 2), (2, 2)]
    assert kept(desk) == []


def test_what_is_exported_is_all_that_import_takes(desk):
    """To another desk, or to the same one after it was lost: readers, choices, consents and states come back."""
    head = f"{HEAD},state,paused_until,days,at,desks,language,watch,timezone"
    take(
        lines(
            f"{row()},active,,mon-fri,05:30,laut,id,natuna,Asia/Makassar",
            f"{row('siti@contoh.example', topics='')},paused,2027-01-01,,,,en,,",
            f"{row('jo@contoh.example', topics='')},,,,,,,,",
            head=head,
        )
    )
    with opened(desk) as connection:
        readers.unsubscribe(
            connection, readers.by_address(connection, "jo@contoh.example").token, as_of=NOON, reason="x"
        )
    before, exported = kept(desk), steps.give_list()
    assert exported.splitlines()[0] == ",".join(COLUMNS)
    assert dict(take(exported.encode()).counts) == {"unchanged": 3}
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE reader, subscription, suppression CASCADE")
    assert dict(take(exported.encode()).counts) == {"added": 2, "stopped": 1}

    def told(reader):
        return (
            reader.address,
            reader.name,
            reader.state,
            reader.paused_until,
            reader.series,
            reader.language,
            reader.timezone,
            reader.consented_at,
        )

    assert [told(reader) for reader in kept(desk)] == [
        told(reader) for reader in before if reader.state != "unsubscribed"
    ]
    assert steps.give_list(state="paused").count("\r\n") == 2
    assert steps.give_list(desk="laut").count("\r\n") == 2


def test_alerts_go_with_a_list_and_come_back_with_it(desk):
    """Weight, searches, bounds; a cell left empty changes nothing, `none` ends the weight, other searches take the place of those."""
    head = f"{HEAD},alert_weight,alert_searches,alerts_a_day,quiet_hours"
    search = '"Laut Natuna" kapal -wisata'
    cell = f'"{search.replace(chr(34), 2 * chr(34))} | rudal"'
    take(lines(f"{row()},4,{cell},5,none", row("siti@contoh.example") + ",,,,", head=head))

    def wishes():
        with opened(desk) as connection:
            (one,) = alerts.wishes_by_reader(connection).values()
        quiet = (one.quiet_from, one.quiet_until)
        return one.address, one.weight, [saved.words for saved in one.searches], one.a_day, quiet

    first = ("budi@contoh.example", 4, [search, "rudal"], 5, (time(), time()))
    assert wishes() == first
    exported = steps.give_list()
    assert dict(take(exported.encode()).counts) == {"unchanged": 2}
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE reader, subscription, suppression CASCADE")
    assert dict(take(exported.encode()).counts) == {"added": 2}
    assert wishes() == first
    assert dict(take(lines(f"{row()},,,,", head=head)).counts) == {"unchanged": 1}
    assert wishes() == first
    assert dict(take(lines(f"{row()},none,rudal,,22:00-05:30", head=head)).counts) == {"changed": 1}
    assert wishes() == ("budi@contoh.example", None, ["rudal"], 5, (time(22), time(5, 30)))


@pytest.mark.parametrize("name", ["=1+1", "+62 812", "-x", "@sum(a)", "'=quoted", "Budi, S.H.", 'a "b"', "'tis"])
def test_no_cell_is_a_formula(desk, name):
    """A spreadsheet would reckon with it; the mark that prevents it is taken off again."""
    with opened(desk) as connection:
        readers.add(connection, "-a@b.example", Choice(), consent_source="x", as_of=NOON, name=name)
    exported = steps.give_list()
    ((one,), faults) = parsed(exported.encode())
    assert faults == []
    assert (one.address, one.name) == ("-a@b.example", name)
    assert not {cell[:1] for line in exported.splitlines()[1:] for cell in line.replace('"', "").split(",")} & set(
        "=+-@"
    )


@pytest.mark.heavy
def test_a_long_list_makes_as_many_series_as_there_are_choices(desk):
    """All rows are taken; once more, and nothing changes."""
    topics = ("maritime", "cyber", "diplomacy", "armed_conflict", "treaties")
    rows = [
        f"reader{number}@x{number % 7}.example,Reader {number},{topics[number % 5]},a form,2025-03-01,{number % 10}:00"
        for number in range(2_000)
    ]
    content = lines(*rows, head=f"{HEAD},at")
    assert dict(take(content).counts) == {"added": 2_000}
    assert dict(take(content).counts) == {"unchanged": 2_000}
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM series WHERE kind = 'personal' AND active")
        assert cursor.fetchone() == (10,)


def test_tidying_does_what_is_due(desk):
    """Pauses end, requests are dropped, and what was mailed long ago is forgotten, by the setting's days."""
    take(lines(row(), row("siti@contoh.example")))
    with opened(desk) as connection:
        budi, _ = readers.list_readers(connection)
        readers.pause(connection, budi.id, until=NOON + timedelta(days=1), as_of=NOON)
        readers.ask(connection, "jo@contoh.example", Choice(), source="the page", as_of=NOON)
    assert steps.tidy_readers(as_of=NOON) == {"woken": 0, "dropped": 0, "deliveries": 0, "letters": 0}
    assert steps.tidy_readers(as_of=NOON + timedelta(days=8)) == {
        "woken": 1,
        "dropped": 1,
        "deliveries": 0,
        "letters": 0,
    }
    assert [reader.state for reader in kept(desk)] == ["active", "active"]
