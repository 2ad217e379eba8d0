"""The table of settings: each with its name, meaning, default and reader. docs/settings.md is made from it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desk import setting_values as values
from desk.addresses import database_of_connection, libpq_address, relay, relay_of_connection
from desk.home import Home
from desk.mail_sources import mailbox_address
from desk.postgres import Postgres

DATABASE = "pantau"
"""The database's name on the embedded server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table."""

    name: str
    attribute: str
    """The attribute of `Settings` that holds it; empty for what is read before there are settings."""
    meaning: str
    expected: str
    """How an error goes on after `should be`."""
    read: Callable[[str], Any] = str
    """Turns the text into the value. Raises ValueError where it is not what is expected."""
    default: str = ""
    """As a text that `read` takes; empty where `otherwise` stands for it."""
    otherwise: str = "none"
    """What the table shows where there is no such text."""
    absent: Callable[[Home], Any] = lambda _home: None
    """Gives the value where nothing is set and there is no default text."""
    connection: str = ""
    """The Airflow connection that gives it where the variable is not set, and `read_connection` its reader."""
    read_connection: Callable[[str], Any] = str


def embedded_database(home: Home) -> str:
    """Return the address of our database on the embedded server, whether it runs or not."""
    return Postgres(home).url(DATABASE)


SETTINGS = (
    Setting(
        name="PANTAU_DATABASE_URL",
        attribute="database_url",
        meaning="The Postgres database that holds the desk's articles, stories and editions.",
        expected="postgresql://user:password@host:port/database",
        read=libpq_address,
        otherwise="database `pantau` on the embedded server",
        absent=embedded_database,
        connection="pantau_db",
        read_connection=database_of_connection,
    ),
    Setting(
        name="PANTAU_SMTP_URL",
        attribute="relay",
        meaning="The mail server that takes the digests. `smtp` means STARTTLS, but on this machine itself plain SMTP "
        "unless `?starttls=yes`; `smtps` means TLS from the start.",
        expected="smtp://user:password@host:port (with STARTTLS, unless the host is this machine) or smtps://user:password@host:port",
        read=relay,
        otherwise="none; the demo and `pantau up` use the local mailbox",
        connection="pantau_smtp",
        read_connection=relay_of_connection,
    ),
    Setting(
        name="PANTAU_SENDER",
        attribute="sender",
        meaning="Whom a digest is from.",
        expected="one mail address, such as Pantau <pantau@example.org>",
        read=values.mail_address,
        default="Pantau <pantau@localhost>",
    ),
    Setting(
        name="PANTAU_MAIL_WORKERS",
        attribute="mail_workers",
        meaning="How many mails are handed to the relay at once, each over a session of its own.",
        expected="a number from 1 to 32",
        read=lambda text: values.whole_number(text, 32),
        default="4",
    ),
    Setting(
        name="PANTAU_MAIL_RATE",
        attribute="mail_rate",
        meaning="The mails a second that the relay allows, over all workers and processes.",
        expected="a number, such as 10 or 0.5",
        read=values.rate,
        otherwise="none: as fast as the relay takes them",
    ),
    Setting(
        name="PANTAU_DKIM_KEY",
        attribute="dkim_key",
        meaning="The private key that mails are signed with; `pantau dkim new` makes one and prints the DNS record.",
        expected="a file that exists",
        read=values.existing_file,
        otherwise="none: mails are not signed here",
    ),
    Setting(
        name="PANTAU_DKIM_DOMAIN",
        attribute="dkim_domain",
        meaning="The domain that signs: the sender's, or one above it.",
        expected="a domain, such as example.org",
        read=values.host_name,
        otherwise="the domain of `PANTAU_SENDER`",
    ),
    Setting(
        name="PANTAU_DKIM_SELECTOR",
        attribute="dkim_selector",
        meaning="The name that the key is published under in DNS: SELECTOR._domainkey.DOMAIN.",
        expected="a label of a host name, such as pantau",
        read=values.selector,
        default="pantau",
    ),
    Setting(
        name="PANTAU_DKIM_AT_RELAY",
        attribute="dkim_at_relay",
        meaning="`yes` declares that the relay signs our mails with DKIM, List-Unsubscribe and List-Unsubscribe-Post included.",
        expected="yes or no",
        read=values.yes_or_no,
        default="no",
    ),
    Setting(
        name="PANTAU_MAILBOX_URL",
        attribute="mailbox",
        meaning="The mailbox that bounces, complaints and unsubscribing mails come to (`bounce+…@` and `unsubscribe+…@` the "
        "sender's domain); `upkeep` reads it every night.",
        expected="imaps://user:password@host:port/INBOX (or imap:// on this machine)",
        read=mailbox_address,
        connection="pantau_mailbox",
        read_connection=mailbox_address,
    ),
    Setting(
        name="PANTAU_DESK_NAME",
        attribute="desk_name",
        meaning="The desk's name in the subject and head of a digest.",
        expected="one line of text",
        read=values.line,
        default="Meja Pertahanan & Geopolitik",
    ),
    Setting(
        name="PANTAU_LANGUAGE",
        attribute="language",
        meaning="The language that digests are written in: `id` or `en`.",
        expected="id or en",
        read=values.language,
        default="id",
    ),
    Setting(
        name="PANTAU_TIMEZONE",
        attribute="timezone",
        meaning="The desk's time zone: the digest's hour and all times that a reader sees.",
        expected="an IANA time zone, such as Asia/Jakarta",
        read=values.timezone,
        default="Asia/Jakarta",
    ),
    Setting(
        name="PANTAU_DIGEST_AT",
        attribute="digest_at",
        meaning="When the digest goes out, in the desk's time zone.",
        expected="an hour and minute, such as 06:00",
        read=values.clock,
        default="06:00",
    ),
    Setting(
        name="PANTAU_CONTACT",
        attribute="contact",
        meaning="How an outlet reaches whoever runs this desk; every request carries it. `pantau up` and live crawls need it.",
        expected="a mail address or an https address",
        read=values.contact,
    ),
    Setting(
        name="PANTAU_WEB_URL",
        attribute="web_url",
        meaning="Where the reader's pages are published; links in a digest lead there. Mails promise to unsubscribe by one click "
        "(RFC 8058) only with such an address and a DKIM signature (docs/sending.md).",
        expected="an https address (or, for a trial with the local mailbox, http://127.0.0.1:PORT)",
        read=values.web_url,
    ),
    Setting(
        name="PANTAU_SELF_SUBSCRIPTION",
        attribute="self_subscription",
        meaning="Whether anybody may ask for a digest on the reader's pages; a letter asks the address to confirm it "
        "(docs/readers.md).",
        expected="on or off",
        read=values.switch,
        default="off",
    ),
    Setting(
        name="PANTAU_KEEP_DELIVERIES_DAYS",
        attribute="keep_deliveries",
        meaning="Days for which it is kept what was mailed to whom, and letters; then only the numbers are.",
        expected="a number of days, such as 30",
        read=values.days,
        default="30",
    ),
    Setting(
        name="PANTAU_WEB_HOST",
        attribute="web_host",
        meaning="Where `pantau web` listens. Leave it on this machine, behind a proxy that speaks TLS (docs/pages.md).",
        expected="a name or address of this machine, such as 127.0.0.1",
        read=values.host,
        default="127.0.0.1",
    ),
    Setting(
        name="PANTAU_WEB_PORT",
        attribute="web_port",
        meaning="The port that `pantau web` listens on.",
        expected="a port, such as 8081",
        read=values.port,
        default="8081",
    ),
    Setting(
        name="PANTAU_WEB_PROXIES",
        attribute="web_proxies",
        meaning="The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; without one, the pages take whoever "
        "connects for the visitor.",
        expected="addresses or networks parted by commas, such as 127.0.0.1,10.0.0.0/8",
        read=values.networks,
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_ARCHIVE",
        attribute="archive",
        meaning="Where WARC files are kept: a folder, or an fsspec URI whose file system is installed.",
        expected="a folder, or a URI of a file system that is installed here",
        read=values.place,
        otherwise="`archive` in `PANTAU_HOME`",
        absent=lambda home: str(home.path / "archive"),
    ),
    Setting(
        name="PANTAU_REPLAY",
        attribute="replay",
        meaning="A WARC file, or a folder of them, that answers every request instead of the network.",
        expected="a file or folder that exists",
        read=values.existing_path,
        otherwise="none: crawls are live",
    ),
    Setting(
        name="PANTAU_OUTLETS",
        attribute="outlets",
        meaning="The outlets to read, by name, parted by commas.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        otherwise="all that are not switched off",
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_PERMITTED",
        attribute="permitted",
        meaning="Outlets that are switched off in their declaration, and whose permission you have.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_PRIVATE_HOSTS",
        attribute="private_hosts",
        meaning="Hosts that may be crawled though their addresses are private (an intranet's, a proxy's, a test's); all others "
        "must have public addresses.",
        expected="names or addresses of hosts parted by commas, such as berita.kantor.example,127.0.0.1",
        read=values.hosts,
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_LLM_URL",
        attribute="llm_url",
        meaning="An OpenAI-compatible endpoint whose model may shorten or translate what a digest quotes (docs/summaries.md).",
        expected="an https address, or an http address of this machine itself, such as http://127.0.0.1:11434",
        read=values.https_or_loopback,
        otherwise="none: no model is asked",
    ),
    Setting(
        name="PANTAU_LLM_MODEL",
        attribute="llm_model",
        meaning="The model's name there.",
        expected="one line of text",
        read=values.line,
    ),
    Setting(
        name="PANTAU_LLM_KEY",
        attribute="llm_key",
        meaning="The key that the endpoint asks for.",
        expected="the key as the service gave it",
    ),
    Setting(
        name="PANTAU_LLM_OUTLETS",
        attribute="llm_outlets",
        meaning="Outlets whose sentences the model may see: those whose robots.txt and terms you have read, and that allow it. One "
        "that is known to refuse must stand in `PANTAU_PERMITTED` too.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        otherwise="none: the model sees nothing",
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_TAXONOMY",
        attribute="taxonomy",
        meaning="A taxonomy of your own (docs/topics.md) that judges instead of `processing/topics/taxonomy.toml`.",
        expected="a file that exists",
        read=values.existing_file,
        otherwise="ours",
    ),
    Setting(
        name="PANTAU_OUTLET_PATH",
        attribute="",
        meaning="Outlets' declarations of your own, one Python file each; one of a name that we have takes its place.",
        expected="a folder",
    ),
    Setting(
        name="PANTAU_HOME",
        attribute="",
        meaning="The folder that everything made here lives in: environment, database, archive, mailbox, logs.",
        expected="a folder that can be written",
        otherwise="`.pantau` in the checkout if that is yours, or else `pantau` in `$XDG_DATA_HOME` or `~/.local/share`, "
        "or else `$TMPDIR/pantau-UID`",
    ),
    Setting(
        name="PANTAU_PYTHON",
        attribute="",
        meaning="The Python that the environment is made with on first use.",
        expected="a Python 3.11, 3.12 or 3.13",
        otherwise="the first of `python3`, `python3.13`, `python3.12`, `python3.11` that will do",
    ),
)


PAGE = """\
# Settings

Pantau reads its settings from the environment; an empty variable counts as not set. Where a row names an Airflow
connection, that is used when the variable is not set. A wrong value stops the command with a sentence that names it.

| setting | default | what it is |
|---|---|---|
{rows}

This page is made by `python -m desk.setting_table > docs/settings.md`; a test compares the two.
"""


def page() -> str:
    """Return docs/settings.md."""
    return PAGE.format(rows="\n".join(map(table_row, SETTINGS)))


def table_row(row: Setting) -> str:
    """Return a setting's row of the page."""
    connection = f"<br>or Airflow connection `{row.connection}`" if row.connection else ""
    default = f"`{row.default}`" if row.default else row.otherwise
    return f"| `{row.name}`{connection} | {default} | {row.meaning} Expected: {row.expected}. |"


if __name__ == "__main__":
    sys.stdout.write(page())
