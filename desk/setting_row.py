"""A setting: its name and meaning, how it is read, and what holds where it is not set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desk.home import Home


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
