"""Keep what is stored in order: judge anew what older rules have judged, read returned mails, tidy readers, let go what is old.

**When**: every night, three hours before the digest: at 03:00 WIB (Asia/Jakarta), which is 20:00 UTC of the day before,
unless PANTAU_DIGEST_AT and PANTAU_TIMEZONE say otherwise.

**What it does**: every verdict says what judged it. After a change of the taxonomy, the gazetteer or the rules, `retag`
judges the stored articles anew that carry an older judge's verdict, the oldest first, 200 a transaction. It does not touch
what an edition has shown. On most nights there is nothing to do, and it takes a second.

`read_mail` reads the mailbox of PANTAU_MAILBOX_URL, if that is set: who bounces for good or complains is written to no more,
who unsubscribes by mail is unsubscribed. Each mail is moved to the folder Handled; what is not understood is left and named.

`tidy` ends pauses that are over, drops requests that nobody confirmed within seven days, and forgets what was mailed to whom
after PANTAU_KEEP_DELIVERIES_DAYS; how many mails an edition had, and how they ended, stays.

`let_go` deletes crawls' WARC files after PANTAU_KEEP_ARCHIVE_DAYS, once all their pages were read, and leaves of a full text
its lead after PANTAU_KEEP_TEXT_DAYS; headlines, verdicts, stories and editions stay (docs/retention.md). Its log says how much
went, and names each file that it holds back because nobody has read it.

**When it fails**: a red `retag` means that some articles still carry the older verdict; the digest goes out all the same,
and tells topics as they stand. The last lines of the task's log say why, and how many were done. It tries again once by
itself, and goes on where it stopped. A red `read_mail` means that the mailbox could not be read: mails wait there, and
nothing is lost, but until they are read we write to addresses that bounce. A red `tidy` means that nothing of it was done; the next does it. A red
`let_go` means that archive files could not be deleted, or that the time was up (three hours): all else went, and the log names
the first.

**What to do**: if the log names a line of the taxonomy, mend it (`pantau topics check` tells whether it is well) and clear
the task. If the database was away, bring it back and clear the task. If the time was up (three hours), leave it:
the next night goes on. `pantau status` says how many articles are left. If the mailbox refuses, mend PANTAU_MAILBOX_URL
and clear the task; what the log of `read_mail` calls left is for a person to read (docs/sending.md). Where files
cannot be deleted, see whether the archive that PANTAU_ARCHIVE names is there and may be written, and clear the task.

**By hand**: trigger it right after a change instead of waiting for the night, or run `pantau topics retag`; with `since`,
only what was seen from then on is judged anew. `pantau retention` shows what would be let go. Two at once do no harm.
Articles that have become relevant get their stories from the next run of `process`.
"""

import os
from datetime import datetime, timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag, task

AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
NOW = "{{ dag_run.run_after.isoformat() }}"
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
    """Judge anew what other rules have judged, read what came back, tidy readers, and let go what is old."""

    @task(retries=1, retry_delay=timedelta(minutes=5), execution_timeout=timedelta(hours=3))
    def retag(as_of: str, since: str) -> dict:
        from desk import steps

        return steps.retag(as_of=datetime.fromisoformat(as_of), since=datetime.fromisoformat(since) if since else None)

    @task(retries=2, retry_delay=timedelta(minutes=10), execution_timeout=timedelta(minutes=30))
    def read_mail(as_of: str) -> dict:
        from desk import steps

        done = steps.read_mail(as_of=datetime.fromisoformat(as_of))
        for line in done.left:
            print(f"Left: {line}")  # noqa: T201 - what a task prints stands in its log
        return done.counts

    @task(retries=2, retry_delay=timedelta(minutes=10), execution_timeout=timedelta(minutes=30))
    def tidy(as_of: str) -> dict:
        from desk import steps

        return steps.tidy_readers(as_of=datetime.fromisoformat(as_of))

    @task(retries=2, retry_delay=timedelta(minutes=10), execution_timeout=timedelta(hours=3))
    def let_go(as_of: str, now: str) -> dict:
        from desk import steps

        # Nothing is old by an instant that has not come: what was let go does not come back.
        return steps.let_go(as_of=min(map(datetime.fromisoformat, (as_of, now))))

    retag(AS_OF, SINCE)
    read_mail(AS_OF)
    tidy(AS_OF)
    let_go(AS_OF, NOW)


upkeep()
