"""The settings of the machine: the database, what is the operator's own, and where all that is made lives."""

from __future__ import annotations

from desk import setting_values as values
from desk.addresses import database_of_connection, libpq_address
from desk.home import Home
from desk.postgres import Postgres
from desk.setting_row import Setting

DATABASE = "pantau"
"""The database's name on the embedded server."""


def embedded_database(home: Home) -> str:
    """Return the address of our database on the embedded server, whether it runs or not."""
    return Postgres(home).url(DATABASE)


STORE = (
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
)

OWN = (
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
