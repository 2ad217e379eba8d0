"""Mail at once what readers asked to be told of at once.

**When**: whenever `process` has joined articles to stories, which it does every 15 minutes (in UTC and in WIB alike).

**What it does**: `write` looks for stories, first seen in the last 12 hours, that weigh enough for a reader or that a saved
search finds, and queues a mail for each; `deliver` hands what waits to the relay. Nobody is told of a story twice, nor of
more stories a day than the reader said, nor in the reader's quiet hours: what is held then is mailed when they end, if it is
still fresh. When there is nothing to write, both are skipped, the run is green, and the log of `write` says what is held.

**When it fails**: a red `write` means that nobody was alerted; all of it is one transaction. A red `deliver` means that
mails wait in the outbox; the last lines of its log say how many, and why.

**What to do**: read the log. If the database or the relay was away, wait: the next run writes what is still fresh, and
`digest` delivers what waits with its next tick. Clearing is safe: an alert that was written is not written again. If a reader
complains of too many, `pantau alerts list` shows what was asked for.

**By hand**: trigger it, or run `pantau alerts run`. `as_of` looks at the stories as they were then; who was told since is not
told again.
"""

import os
from datetime import datetime, timedelta

from airflow.sdk import Asset, Param, dag, task

STORIES = Asset("pantau_stories")
AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
NOW = "{{ params.as_of or ti.start_date.isoformat() }}"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="alerts",
    doc_md=__doc__,
    tags=["route", "mail"],
    schedule=[STORIES] if CLOCK else None,
    # Two at once would wait for each other, and the second would find nothing left to write.
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=2), "execution_timeout": timedelta(minutes=10)},
    params={"as_of": Param(None, type=["null", "string"], format="date-time", description="The stories of then.")},
)
def alerts() -> None:
    """Write what is due, then deliver it."""

    @task
    def write(as_of: str) -> dict:
        from airflow.sdk.exceptions import AirflowSkipException

        from desk import steps

        counts = steps.send_alerts(as_of=datetime.fromisoformat(as_of))
        if not counts["written"]:
            raise AirflowSkipException(f"No alert is due; {counts['held']} held, {counts['over']} over a day's number.")
        return counts

    @task
    def deliver(as_of: str) -> dict:
        from desk import steps

        return steps.deliver(as_of=datetime.fromisoformat(as_of))

    write(AS_OF) >> deliver(NOW)


alerts()
