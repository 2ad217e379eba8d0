"""`python -m desk.warm scheduler …`: an Airflow command with what our tasks need loaded already.

The LocalExecutor forks its workers from the scheduler, and each task from a worker: what the scheduler has loaded, no task
loads again. That is a second and a half of each task's time (measured on one core), for 150 MB shared by all. Where
processes are spawned and not forked (macOS) it changes nothing.
"""

from __future__ import annotations

import sys

import desk.steps  # noqa: F401 - loaded for the tasks
from processing.judging import judge


def main() -> None:
    """Load the rules that judge an article, which are read at first use, and hand over to Airflow."""
    judge("Kapal perang", "Kapal perang itu berlayar.")
    from airflow.__main__ import main as airflow  # noqa: PLC0415 - configures itself when it is loaded

    sys.argv[0] = "airflow"
    airflow()


if __name__ == "__main__":
    main()
