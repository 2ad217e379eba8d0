"""Build the editions that are due and mail them to their readers.

**When**: every 15 minutes (in UTC and in WIB alike). A series is due at its own hour, in its own zone, on its own days:
the desk's at 06:00 WIB, which is 23:00 UTC of the day before, unless PANTAU_DIGEST_AT and PANTAU_TIMEZONE say otherwise;
the others as `pantau series list` shows.

**What it does**: `build` writes each edition that is due, once, and queues its mails; `deliver` hands what waits to the
relay, each mail exactly once, and records what the relay said; `all_well` is only there to make the run red when something
was. When nothing is due and nothing waits, all three are skipped, the run is green, and the log of `build` says what is
next. An edition may be late: up to 12 hours after its hour it is still built and mailed, later neither.

**When it fails**: a red `build` means that the editions its log names were not built; all others were, and are mailed. A red
`deliver` means that some readers have their mail and others wait; the last lines of its log say how many, and why.

**What to do**: if a setting is wrong, the log names it: set it and restart the desk. Else wait: the next tick tries again
whatever is not done, for 12 hours. Clearing is always safe: an edition that was built stays as it is, no reader gets one
twice, and a run that is cleared days later builds what it missed and mails nobody. A delivery that is called uncertain went
out or did not, nobody knows: ask the relay's log for its Message-ID before you send it again.

**By hand**: trigger it to do what the next tick would. With `as_of` for another morning, the editions that were due then
are built if they are missing, and nobody is mailed, unless you tick `mail`: then every reader who has not had them is.
"""

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import CronTriggerTimetable, ExceptionRetryPolicy, Param, RetryAction, RetryRule, dag, task

AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
# When the task really runs: long after the run's own instant where somebody clears it.
NOW = "{{ ti.start_date.isoformat() }}"
# A later try is at a later time, when what the relay has put off is due again. Mails of another morning are of that time.
SENT_AT = "{{ params.as_of if params.as_of and params.mail else ti.start_date.isoformat() }}"
BY_HAND = "{{ 'yes' if params.as_of else '' }}"
MAIL = "{{ 'yes' if params.mail else '' }}"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="digest",
    doc_md=__doc__,
    tags=["route", "mail"],
    # No start_date: with one, the first unpausing would serve the tick that was missed last.
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="UTC") if CLOCK else None,
    max_active_runs=1,
    default_args={
        # One retry, and soon: while a run waits for its retry, no tick comes, and other series would be late.
        "retries": 1,
        "retry_delay": timedelta(minutes=5),
        "retry_policy": ExceptionRetryPolicy(
            [RetryRule("processing.errors.SettingError", RetryAction.FAIL, reason="Waiting mends no setting.")]
        ),
        "execution_timeout": timedelta(minutes=30),
    },
    params={
        "as_of": Param(None, type=["null", "string"], format="date-time", description="The editions due then."),
        "mail": Param(default=False, type="boolean", description="With as_of: mail them too, to who has not had them."),
    },
)
def digest() -> None:
    """Build what is due, then deliver what waits."""

    @task
    def build(as_of: str, now: str, by_hand: str, mail: str) -> dict:
        from airflow.sdk.exceptions import AirflowSkipException

        from desk import steps

        at = datetime.fromisoformat(as_of)
        if by_hand:
            return {"editions": steps.build_editions(as_of=at, mail=bool(mail))}
        try:
            return steps.serve(as_of=at, now=datetime.fromisoformat(now))
        except steps.NothingDue as nothing:
            raise AirflowSkipException(str(nothing)) from None

    @task(trigger_rule="none_skipped", execution_timeout=timedelta(hours=2))
    def deliver(as_of: str) -> dict:
        from desk import steps

        return steps.deliver(as_of=datetime.fromisoformat(as_of))

    built = build(AS_OF, NOW, BY_HAND, MAIL)
    delivered = deliver(SENT_AT)
    built >> delivered
    [built, delivered] >> EmptyOperator(task_id="all_well")


digest()
