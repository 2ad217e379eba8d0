"""Build the editions that are due and mail them to their readers.

**When**: every day at 06:00 WIB (Asia/Jakarta), which is 23:00 UTC of the day before, unless PANTAU_DIGEST_AT and
PANTAU_TIMEZONE say otherwise.

**What it does**: `build` writes each edition that is due, once; `deliver` hands its mails to the relay, each exactly once,
and records what the relay said.

**When it fails**: a red `build` means that no edition was written and nobody got a mail. A red `deliver` means that some
readers have theirs and others wait; the last lines of its log say how many, and why. Unless a setting is wrong, both try
again by themselves: `build` twice, five minutes apart, `deliver` six times over some four hours.

**What to do**: if a setting is wrong, the log names it: set it, restart the desk, and clear the task. If the relay is
down, wait for it and clear `deliver`. Clearing is always safe: an edition that was built stays as it is, and no reader
gets one twice. A delivery that is called uncertain went out or did not, nobody knows: ask the relay's log for its
Message-ID before you send it again.

**By hand**: trigger it with `as_of` for another morning; an edition of the past that was never built is built and sent.
"""

import os
from datetime import datetime, timedelta

from airflow.sdk import CronTriggerTimetable, ExceptionRetryPolicy, Param, RetryAction, RetryRule, dag, task

AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
# A later try is at a later time, when what the relay has put off is due again.
NOW = "{{ params.as_of or ti.start_date.isoformat() }}"
HOUR, MINUTE = map(int, (os.environ.get("PANTAU_DIGEST_AT") or "06:00").split(":"))
ZONE = os.environ.get("PANTAU_TIMEZONE") or "Asia/Jakarta"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="digest",
    doc_md=__doc__,
    tags=["route", "mail"],
    # No start_date: with one, the first unpausing would send the digest of the morning that was missed last.
    schedule=CronTriggerTimetable(f"{MINUTE} {HOUR} * * *", timezone=ZONE) if CLOCK else None,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_policy": ExceptionRetryPolicy(
            [RetryRule("processing.errors.SettingError", RetryAction.FAIL, reason="Waiting mends no setting.")]
        ),
        "execution_timeout": timedelta(minutes=30),
    },
    params={"as_of": Param(None, type=["null", "string"], format="date-time", description="The editions due then.")},
)
def digest() -> None:
    """Build what is due, then deliver it."""

    @task
    def build(as_of: str) -> list[int]:
        from desk import steps

        return steps.build_editions(as_of=datetime.fromisoformat(as_of))

    @task(retries=6, retry_exponential_backoff=True, max_retry_delay=timedelta(hours=2))
    def deliver(as_of: str) -> dict:
        from desk import steps

        return steps.deliver(as_of=datetime.fromisoformat(as_of))

    build(AS_OF) >> deliver(NOW)


digest()
