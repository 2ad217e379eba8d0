"""Keep what is stored in order: judge anew what older rules have judged.

**When**: every night, three hours before the digest: at 03:00 WIB (Asia/Jakarta), which is 20:00 UTC of the day before,
unless PANTAU_DIGEST_AT and PANTAU_TIMEZONE say otherwise.

**What it does**: every verdict says what judged it. After a change of the taxonomy, the gazetteer or the rules, `retag`
judges the stored articles anew that carry an older judge's verdict, the oldest first, 200 a transaction. It does not touch
what an edition has shown. On most nights there is nothing to do, and it takes a second.

**When it fails**: a red `retag` means that some articles still carry the older verdict; the digest goes out all the same,
and tells topics as they stand. The last lines of the task's log say why, and how many were done. It tries again once by
itself, and goes on where it stopped.

**What to do**: if the log names a line of the taxonomy, mend it (`pantau topics check` tells whether it is well) and clear
the task. If the database was away, bring it back and clear the task. If the time was up (three hours), leave it:
the next night goes on. `pantau status` says how many articles are left.

**By hand**: trigger it right after a change instead of waiting for the night, or run `pantau topics retag`; with `since`,
only what was seen from then on is judged anew. Two at once do no harm. Articles that have become relevant get their
stories from the next run of `process`.
"""

import os
from datetime import datetime, timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag, task

AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
SINCE = "{{ params.since or '' }}"
HOUR, MINUTE = map(int, (os.environ.get("PANTAU_DIGEST_AT") or "06:00").split(":"))
ZONE = os.environ.get("PANTAU_TIMEZONE") or "Asia/Jakarta"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="upkeep",
    doc_md=__doc__,
    tags=["upkeep"],
    # No start_date: with one, the first unpausing would run the night that was missed last.
    schedule=CronTriggerTimetable(f"{MINUTE} {(HOUR - 3) % 24} * * *", timezone=ZONE) if CLOCK else None,
    # A second run would find what the first is at, wait for each of its batches, and judge nothing.
    max_active_runs=1,
    params={
        "as_of": Param(None, type=["null", "string"], format="date-time", description="What was seen up to then."),
        "since": Param(None, type=["null", "string"], format="date-time", description="What was seen from then on."),
    },
)
def upkeep() -> None:
    """Judge anew what other rules have judged."""

    @task(retries=1, retry_delay=timedelta(minutes=5), execution_timeout=timedelta(hours=3))
    def retag(as_of: str, since: str) -> dict:
        from desk import steps

        return steps.retag(as_of=datetime.fromisoformat(as_of), since=datetime.fromisoformat(since) if since else None)

    retag(AS_OF, SINCE)


upkeep()
