"""What every step begins with: the settings, and the store opened for one transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from desk.settings import Settings
from processing.store import Connection, connect


def load_settings() -> Settings:
    """Read the settings; in a task of Airflow its connections count too."""
    return Settings.load(connection=_airflow_connection if "AIRFLOW_CTX_DAG_ID" in os.environ else None)


def _airflow_connection(id_: str) -> str | None:
    """Give the URI of a connection that the operator set in Airflow, None where there is none."""
    from airflow.sdk import Connection as AirflowConnection  # noqa: PLC0415 - only a task has Airflow loaded
    from airflow.sdk.exceptions import AirflowNotFoundException  # noqa: PLC0415

    try:
        return AirflowConnection.get(id_).get_uri()
    except AirflowNotFoundException:
        return None


@contextmanager
def opened(settings: Settings) -> Iterator[Connection]:
    """Give a connection whose work is committed at the end of the block, and undone if the block fails."""
    connection = connect(settings.database_url)
    try:
        with connection:
            yield connection
    finally:
        connection.close()
