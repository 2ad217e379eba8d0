"""Airflow's settings on this machine, and the keys and the password that are made once and kept readable by us alone."""

from __future__ import annotations

import base64
import json
import os
import secrets
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from desk.airflow_api import AirflowError
from desk.home import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER = "admin"
"""The one who logs in."""

KEYS, PASSWORDS = "keys.json", "passwords.json"
"""Files in AIRFLOW_HOME; Airflow itself reads the second."""


def take_port(wanted: int) -> tuple[int, socket.socket]:
    """Give a loopback port that nobody listens on, the wanted one if it can be had, and what holds it for this process.

    Airflow listens on it only ten seconds later. Until then another desk would find it free too, and talk to our Airflow
    as if it were its own: so a desk also takes a name that only one process of a machine can have, until it ends.
    """
    for port in (wanted, 0, 0, 0):
        with suppress(OSError), socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            found = int(listener.getsockname()[1])
            return found, _hold(f"pantau-port-{found}")
    raise AirflowError("No loopback port is free.")


def _hold(name: str) -> socket.socket:
    """Take a name; raises OSError when another process has it. Only Linux has such names; elsewhere nothing is held."""
    holder = socket.socket(socket.AF_UNIX)
    if sys.platform == "linux":
        holder.bind(f"\0{name}")
    return holder


def environment(folder: Path, database: str, url: str, *, login: bool, clock: bool) -> dict[str, str]:
    """Give the environment in which Airflow's processes run, ours included.

    `folder` becomes AIRFLOW_HOME, `database` is an SQLAlchemy URL, `url` is where the server will listen. Without `clock`
    no DAG starts at its hour, and the scheduler looks around five times a second, for a demo that does not stay.
    """
    sections: dict[str, dict[str, object]] = {
        "core": _core(folder, login=login) | {"execution_api_server_url": f"{url}/execution/"},
        "database": {"sql_alchemy_conn": database},
        "api": {"host": "127.0.0.1", "port": url.rpartition(":")[2], "base_url": url, "workers": 1},
        "logging": {"base_log_folder": folder / "logs"},
        # The few DAG files are read at the start, and looked at again each minute by a desk that stays.
        "dag_processor": {"min_file_process_interval": 60 if clock else 600, "parsing_processes": 1},
        # By Airflow's own 300 s, a task whose desk was killed would hold its DAG for five minutes.
        "scheduler": {"task_instance_heartbeat_timeout": 60, "scheduler_idle_sleep_time": 1 if clock else 0.2},
    }
    for (section, key), value in _keys(folder / KEYS).items():
        sections.setdefault(section, {})[key] = value
    return {
        **{name: value for name, value in os.environ.items() if name != "AIRFLOW_CONFIG"},
        "AIRFLOW_HOME": str(folder),
        "PANTAU_CLOCK": "on" if clock else "off",
        "PYTHONPATH": _joined(os.pathsep, str(CHECKOUT), "PYTHONPATH"),
        "NO_PROXY": _joined(",", "127.0.0.1,localhost", "NO_PROXY"),
        **{
            f"AIRFLOW__{name}__{key}".upper(): str(value)
            for name, part in sections.items()
            for key, value in part.items()
        },
    }


def _core(folder: Path, *, login: bool) -> dict[str, object]:
    return {
        "executor": "LocalExecutor",
        "parallelism": 4,
        "load_examples": False,
        "dags_folder": CHECKOUT / "dags",
        "plugins_folder": CHECKOUT / "plugins",
        "dags_are_paused_at_creation": False,
        "simple_auth_manager_all_admins": not login,
        "simple_auth_manager_users": f"{USER}:admin",
        "simple_auth_manager_passwords_file": folder / PASSWORDS,
    }


def _joined(mark: str, first: str, name: str) -> str:
    """Put `first` before what a variable of our own environment says."""
    return mark.join(filter(None, [first, os.environ.get(name)]))


def _keys(path: Path) -> dict[tuple[str, str], str]:
    """Give the keys that the processes share, by section and name; they are made at the first start."""
    if not path.exists():
        fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        _keep(path, {"jwt": secrets.token_urlsafe(64), "secret": secrets.token_urlsafe(32), "fernet": fernet})
    keys = json.loads(path.read_text())
    return {
        ("api_auth", "jwt_secret"): keys["jwt"],
        ("api", "secret_key"): keys["secret"],
        ("core", "fernet_key"): keys["fernet"],
    }


def password(folder: Path) -> tuple[str, bool]:
    """Give the password of the user, and whether it was made just now."""
    path = folder / PASSWORDS
    new = not path.exists()
    if new:
        _keep(path, {USER: secrets.token_urlsafe(12)})
    return str(json.loads(path.read_text())[USER]), new


def _keep(path: Path, values: Mapping[str, str]) -> None:
    """Write a file that only we may read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(values, file)
    part.replace(path)
