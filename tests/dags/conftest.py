"""Airflow for the tests of DAGs: its settings stand before it is imported, and its metadata has a database of its own.

A database of its own, because `dag.test()` writes asset events that a scheduler on the same one would act on later.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawlers.recorded.edition import pack
from desk.airflow_settings import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from airflow.sdk import DAG

    from desk.postgres import Postgres


@pytest.fixture(scope="session")
def airflow(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give a process in which Airflow is set up, its tables made."""
    assert "airflow" not in sys.modules, "a test has imported Airflow before its settings stood"
    database = server.ensure_database("airflow").replace("postgresql:", "postgresql+psycopg2:", 1)
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("airflow")
        for name, value in environment(folder, database, "http://127.0.0.1:9", login=False, clock=True).items():
            patch.setenv(name, value)
        from airflow import settings  # noqa: PLC0415  (its settings stand by now)
        from airflow.utils.db import initdb  # noqa: PLC0415  (its settings stand by now)

        initdb()
        yield
        settings.dispose_orm()


@pytest.fixture(scope="session")
def dags(airflow: None) -> Mapping[str, DAG]:
    """Give the DAGs of the checkout by id, read as Airflow reads them, but with no retry: a test does not wait minutes."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415  (its settings stand by now)

    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    assert bag.import_errors == {}
    for dag in bag.dags.values():
        for task in dag.tasks:
            task.retries = 0
    return bag.dags


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the recorded edition's WARC files."""
    folder = tmp_path_factory.mktemp("recorded")
    pack(folder)
    return folder
