"""The settings of one desk, read from the environment and from Airflow's connections."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desk.addresses import hidden
from desk.home import Home
from desk.mail_sources import ImapMailbox
from desk.setting_groups.machine import DATABASE, embedded_database
from desk.setting_row import Setting
from desk.setting_table import SETTINGS
from processing.digest.transport import Transport
from processing.errors import SettingError

__all__ = ["DATABASE", "Lookup", "Settings"]

Lookup = Callable[[str], str | None]
"""Gives an Airflow connection, as URI or JSON, for its id; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one desk; the table says what each is for."""

    home: Home
    database_url: str = field(repr=False)
    """libpq's form."""
    relay: Transport | None
    sender: str
    mail_workers: int
    mail_rate: float | None
    """Mails a second."""
    dkim_key: Path | None
    dkim_domain: str | None
    dkim_selector: str
    dkim_at_relay: bool
    mailbox: ImapMailbox | None
    desk_name: str
    language: str
    timezone: ZoneInfo
    digest_at: time
    contact: str | None
    web_url: str | None
    self_subscription: bool
    keep_deliveries: timedelta
    web_host: str
    web_port: int
    web_proxies: tuple[str, ...]
    """Addresses or networks, as CIDR."""
    archive: str
    """A folder's absolute path, or an fsspec URI."""
    replay: Path | None
    taxonomy: Path | None
    """The operator's own, which `processing.topics.taxonomy` reads from the environment; None where ours judges."""
    outlets: tuple[str, ...]
    permitted: tuple[str, ...]
    private_hosts: tuple[str, ...]
    keep_archive: timedelta | None
    """None where WARC files are kept for ever."""
    keep_text: timedelta | None
    """None where full texts are kept for ever."""
    llm_url: str | None
    """None where no language model is asked."""
    llm_model: str | None
    llm_key: str | None = field(repr=False)
    llm_outlets: tuple[str, ...]

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ, connection: Lookup | None = None) -> Settings:
        """Read all settings; a variable comes before an Airflow connection. Raises SettingError, which names the wrong one."""
        home = Home.of(environ)
        return cls(
            home=home, **{row.attribute: found(row, home, environ, connection) for row in SETTINGS if row.attribute}
        )

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded server's."""
        return self.database_url == embedded_database(self.home)

    @property
    def user_agent(self) -> str:
        """How the crawler names itself to outlets."""
        return f"Pantau (+{self.contact})" if self.contact else "Pantau"


def found(row: Setting, home: Home, environ: Mapping[str, str], connection: Lookup | None) -> Any:
    """Return a setting's value from its variable, its connection or its default, in this order; an empty variable is none."""
    if text := environ.get(row.name, "").strip():
        return checked(row, row.name, text, row.read)
    if row.connection:
        looked_up = connection(row.connection) if connection else None
        if text := looked_up or environ.get(f"AIRFLOW_CONN_{row.connection.upper()}", ""):
            return checked(row, f"The Airflow connection {row.connection}", text, row.read_connection)
    return row.read(row.default) if row.default else row.absent(home)


def checked(row: Setting, source: str, text: str, read: Callable[[str], Any]) -> Any:
    """Read a text, or say in one sentence what is wrong with it; what may hold a password is hidden."""
    try:
        return read(text)
    except ValueError:
        shown = hidden(text) if row.connection else text
        raise SettingError(f"{source} is {shown!r}, but should be {row.expected}.") from None
