"""Settings: their defaults, their sources, and what is said of a wrong one."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from psycopg2.extensions import parse_dsn

from desk.addresses import database_of_connection, hidden, relay, relay_of_connection
from desk.home import CHECKOUT, Home
from desk.setting_table import SETTINGS, page
from desk.settings import Settings
from processing.digest.transport import Transport
from processing.errors import SettingError

PASSWORD = "s3cr3t"


def transport(host: str, port: int, tls: str, user: str = "", password: str = "") -> Transport:
    """Give a mail server as a setting should read."""
    return Transport(host=host, port=port, tls=tls, user=user, password=password)


def test_the_page_is_the_table():
    """docs/settings.md is what the table gives; make it anew with `python -m desk.setting_table > docs/settings.md`."""
    assert (CHECKOUT / "docs/settings.md").read_text("utf-8") == page()


def test_the_table_and_the_settings_name_the_same_things():
    """Every attribute of Settings but the home has its row, and the other way round."""
    rows = [row.attribute for row in SETTINGS if row.attribute]
    assert sorted([*rows, "home"]) == sorted(Settings.__dataclass_fields__)


def test_defaults_are_those_the_table_shows(tmp_path):
    """With nothing set but the home: what the table says."""
    settings = Settings.load({"PANTAU_HOME": str(tmp_path), "PANTAU_LANGUAGE": ""})
    assert settings.embedded
    assert settings.database_url.startswith("postgresql://postgres@/pantau?host=/")
    assert settings.relay is None
    assert settings.sender == "Pantau <pantau@localhost>"
    assert settings.desk_name == "Meja Pertahanan & Geopolitik"
    assert (settings.language, settings.timezone, settings.digest_at) == ("id", ZoneInfo("Asia/Jakarta"), time(6))
    assert (settings.contact, settings.web_url, settings.replay) == (None, None, None)
    assert settings.taxonomy is None
    assert settings.archive == str(tmp_path / "archive")
    assert (settings.outlets, settings.permitted) == ((), ())
    assert settings.keep_archive == settings.keep_text == timedelta(days=90)


def test_every_setting_is_read(tmp_path):
    """Each variable reaches its attribute."""
    settings = Settings.load(
        {
            "PANTAU_HOME": str(tmp_path),
            "PANTAU_DATABASE_URL": f"postgresql+psycopg2://desk:{PASSWORD}@db.example.org:5433/news?sslmode=require",
            "PANTAU_SMTP_URL": "smtps://desk%40example.org:p%2Fw@mail.example.org",
            "PANTAU_SENDER": "Meja <meja@example.org>",
            "PANTAU_DESK_NAME": "Desk",
            "PANTAU_LANGUAGE": "en",
            "PANTAU_TIMEZONE": "Asia/Jayapura",
            "PANTAU_DIGEST_AT": "05:30",
            "PANTAU_CONTACT": "ops@example.org",
            "PANTAU_WEB_URL": "https://pantau.example.org/",
            "PANTAU_ARCHIVE": "memory://warc",
            "PANTAU_REPLAY": str(tmp_path),
            "PANTAU_TAXONOMY": __file__,
            "PANTAU_OUTLETS": "kontan, kompas,",
            "PANTAU_PERMITTED": "bbc",
            "PANTAU_PRIVATE_HOSTS": "Berita.Kantor.example, 127.0.0.1",
            "PANTAU_KEEP_ARCHIVE_DAYS": "7",
            "PANTAU_KEEP_TEXT_DAYS": "forever",
        }
    )
    assert (settings.keep_archive, settings.keep_text) == (timedelta(days=7), None)
    assert settings.private_hosts == ("berita.kantor.example", "127.0.0.1")
    assert settings.database_url == f"postgresql://desk:{PASSWORD}@db.example.org:5433/news?sslmode=require"
    assert not settings.embedded
    assert settings.relay == transport("mail.example.org", 465, "implicit", "desk@example.org", "p/w")
    assert settings.sender == "Meja <meja@example.org>"
    assert (settings.desk_name, settings.language) == ("Desk", "en")
    assert (settings.timezone, settings.digest_at) == (ZoneInfo("Asia/Jayapura"), time(5, 30))
    assert settings.user_agent == "Pantau (+ops@example.org)"
    assert settings.web_url == "https://pantau.example.org"
    assert (settings.archive, settings.replay) == ("memory://warc", tmp_path)
    assert settings.taxonomy == Path(__file__)
    assert (settings.outlets, settings.permitted) == (("kontan", "kompas"), ("bbc",))


def test_no_password_is_shown():
    """Neither the settings nor the relay give theirs away when printed."""
    settings = Settings.load(
        {"PANTAU_DATABASE_URL": f"postgresql://u:{PASSWORD}@h/d", "PANTAU_SMTP_URL": f"smtps://u:{PASSWORD}@h"}
    )
    assert PASSWORD not in repr(settings)
    assert settings.relay.password == PASSWORD


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANTAU_DATABASE_URL", "mysql://localhost/news"),
        ("PANTAU_DATABASE_URL", "localhost"),
        ("PANTAU_DATABASE_URL", "postgresql://localhost/news?nonsense=1"),
        ("PANTAU_SMTP_URL", "mail.example.org:587"),
        ("PANTAU_SMTP_URL", "smtp://mail.example.org:99999"),
        ("PANTAU_SMTP_URL", "smtp://mail.example.org?starttls=no"),
        ("PANTAU_SMTP_URL", "smtp://mail.example.org?startls=yes"),
        ("PANTAU_SMTP_URL", "smtps://mail.example.org?starttls=yes"),
        ("PANTAU_SMTP_URL", "smtp://[::1"),
        ("PANTAU_SENDER", "nobody"),
        ("PANTAU_SENDER", "a@example.org, b@example.org"),
        ("PANTAU_SENDER", "Desk\nBcc: <x@example.org>"),
        ("PANTAU_DESK_NAME", "two\u2028lines"),
        ("PANTAU_LANGUAGE", "fr"),
        ("PANTAU_TIMEZONE", "WIB"),
        ("PANTAU_TIMEZONE", "../etc/passwd"),
        ("PANTAU_TIMEZONE", "Asia"),
        ("PANTAU_DIGEST_AT", "6"),
        ("PANTAU_DIGEST_AT", "25:00"),
        ("PANTAU_CONTACT", "http://example.org"),
        ("PANTAU_CONTACT", "call me"),
        ("PANTAU_WEB_URL", "http://pantau.example.org"),
        ("PANTAU_WEB_URL", "https://"),
        ("PANTAU_ARCHIVE", "nowhere://warc"),
        ("PANTAU_REPLAY", "missing.warc.gz"),
        ("PANTAU_TAXONOMY", "missing.toml"),
        ("PANTAU_TAXONOMY", "/"),
        ("PANTAU_OUTLETS", "kontan;kompas"),
        ("PANTAU_PERMITTED", "The BBC"),
        ("PANTAU_KEEP_ARCHIVE_DAYS", "0"),
        ("PANTAU_KEEP_ARCHIVE_DAYS", "-1"),
        ("PANTAU_KEEP_ARCHIVE_DAYS", "90d"),
        ("PANTAU_KEEP_ARCHIVE_DAYS", "never"),
        ("PANTAU_KEEP_TEXT_DAYS", "29"),
        ("PANTAU_KEEP_TEXT_DAYS", "Forever"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(name, value):
    """The sentence has the variable, the value and what is expected."""
    with pytest.raises(SettingError) as caught:
        Settings.load({name: value})
    (expected,) = [row.expected for row in SETTINGS if row.name == name]
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} is ")
    assert sentence.endswith(f"but should be {expected}.")
    assert "\n" not in sentence
    assert hidden(value) in sentence or repr(value) in sentence


@pytest.mark.parametrize(
    "value",
    [
        f"postgresql://desk:{PASSWORD}@db/news?nonsense=1",
        f"postgresql://desk:{PASSWORD}/@db/news",
        f"postgresql://desk@db/news?password={PASSWORD}&nonsense=1",
        f"host=db password={PASSWORD}",
        f"desk:{PASSWORD}@db/news",
        f"postgresql://desk:a@{PASSWORD}@db:port/news",
        f"postgresql://desk:a@{PASSWORD}@db:5432/news",
    ],
)
def test_a_wrong_address_does_not_give_its_password_away(value):
    """However an address is wrong, the error that says so is fit for a log, and so is its trace."""
    with pytest.raises(SettingError) as caught:
        Settings.load({"PANTAU_DATABASE_URL": value})
    assert PASSWORD not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("address", "host", "port", "tls"),
    [
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, "none"),
        ("smtp://[::1]:2525/", "::1", 2525, "none"),
        ("smtp://localhost?starttls=yes", "localhost", 587, "starttls"),
        ("smtp://localhost?starttls=no", "localhost", 587, "none"),
        ("smtp://mail.example.org", "mail.example.org", 587, "starttls"),
        ("smtp://mail.example.org:25?starttls=yes", "mail.example.org", 25, "starttls"),
        ("smtps://mail.example.org", "mail.example.org", 465, "implicit"),
    ],
)
def test_mail_goes_in_the_open_only_on_this_machine(address, host, port, tls):
    """How the way to a relay is kept private follows from its address."""
    assert relay(address) == transport(host, port, tls)


@pytest.mark.parametrize(
    ("connection", "wanted"),
    [
        (
            "postgres://u:p%40w@db:5433/news",
            {"user": "u", "password": "p@w", "host": "db", "port": "5433", "dbname": "news"},
        ),
        (
            "postgresql://u@db/news?sslmode=require&cursor=dictcursor",
            {"user": "u", "host": "db", "dbname": "news", "sslmode": "require"},
        ),
        (
            "postgres://postgres@/news?__extra__=%7B%22host%22%3A+%22%2Frun%2Fpg%22%7D",
            {"user": "postgres", "host": "/run/pg", "dbname": "news"},
        ),
        ("postgres://postgres@%2Frun%2Fpg/news", {"user": "postgres", "host": "/run/pg", "dbname": "news"}),
        (
            '{"conn_type": "postgres", "host": "db", "login": "u", "password": "p@/w", "schema": "news", "port": 5433, "extra": {"cursor": "x"}}',
            {"user": "u", "password": "p@/w", "host": "db", "port": "5433", "dbname": "news"},
        ),
    ],
)
def test_airflow_connections_become_libpq_addresses(connection, wanted):
    """As a URI or as JSON, with extras that only Airflow understands."""
    assert parse_dsn(database_of_connection(connection)) == wanted


@pytest.mark.parametrize(
    ("connection", "wanted"),
    [
        ("smtp://u:p@mail.example.org:465", transport("mail.example.org", 465, "implicit", "u", "p")),
        ("smtp://mail.example.org:587/?disable_ssl=true", transport("mail.example.org", 587, "starttls")),
        ("smtp://127.0.0.1:2525/?disable_ssl=true&disable_tls=true", transport("127.0.0.1", 2525, "none")),
        (
            '{"conn_type": "smtp", "host": "mail.example.org", "port": 587, "extra": "{\\"disable_ssl\\": true}"}',
            transport("mail.example.org", 587, "starttls"),
        ),
    ],
)
def test_airflow_connections_become_relays(connection, wanted):
    """Airflow's own flags decide on TLS, as its SMTP hook reads them."""
    assert relay_of_connection(connection) == wanted


def test_a_variable_comes_before_a_connection():
    """The environment's variable, then what Airflow gives, then a connection in the environment."""
    environ = {"AIRFLOW_CONN_PANTAU_DB": "postgres://environment/x"}
    assert Settings.load(environ).database_url == "postgresql://environment/x"
    looked_up = Settings.load(environ, {"pantau_db": "postgres://airflow/x"}.get)
    assert looked_up.database_url == "postgresql://airflow/x"
    assert looked_up.relay is None
    set_too = Settings.load(
        environ | {"PANTAU_DATABASE_URL": "postgresql://variable/x"}, {"pantau_db": "postgres://airflow/x"}.get
    )
    assert set_too.database_url == "postgresql://variable/x"


def test_a_wrong_connection_is_named():
    """An open relay elsewhere is refused from a connection too, without its password."""
    connection = f"smtp://u:{PASSWORD}@mail.example.org/?disable_ssl=true&disable_tls=true"
    with pytest.raises(SettingError, match=r"^The Airflow connection pantau_smtp is ") as caught:
        Settings.load({}, {"pantau_smtp": connection}.get)
    assert PASSWORD not in str(caught.value)


def test_the_home_is_the_checkouts_own_without_a_launcher():
    """PANTAU_HOME may be relative; without it, `.pantau` beside the code."""
    assert Home.of({}) == Home(CHECKOUT / ".pantau")
    assert Home.of({"PANTAU_HOME": "x"}) == Home(Path.cwd() / "x")
