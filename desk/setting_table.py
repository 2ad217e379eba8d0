"""The table of settings, from its groups; docs/settings.md is made from it."""

from __future__ import annotations

import sys

from desk.setting_groups.crawling import CRAWLING
from desk.setting_groups.digest import DIGEST
from desk.setting_groups.language_model import LANGUAGE_MODEL
from desk.setting_groups.machine import OWN, STORE
from desk.setting_groups.mail import MAIL
from desk.setting_groups.pages import PAGES
from desk.setting_groups.retention import RETENTION
from desk.setting_row import Setting

SETTINGS = (*STORE, *MAIL, *DIGEST, *PAGES, *CRAWLING, *RETENTION, *LANGUAGE_MODEL, *OWN)
"""In the order in which the page shows them."""

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
