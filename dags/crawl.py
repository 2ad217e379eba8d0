"""Fetch what is new at each outlet that is switched on, one task an outlet, and queue it for `process`.

**When**: every 30 minutes, at :00 and :30 (in UTC and in WIB alike).

**What it does**: `outlets` lists the outlets; `fetch` runs one spider for each and bears the outlet's name; `ring` then
wakes `process`, whether or not a crawl failed; `all_well` is only there to make the run red when something was.

**When it fails**: a red `fetch` means that its outlet gave less than it should have: nothing listed, a broken feed,
pages that could not be fetched, a spider that crashed. The last lines of the task's log say which. Whatever did come is
registered and will be read all the same, and the other outlets are not touched.

**What to do**: the first time nothing; the next crawl is half an hour away and asks again for what was missed. When an
outlet stays red, open its address in a browser. If the site is down, wait. If it has changed, mend the outlet's
declaration. If it refuses us, read it through its feed only or switch it off.

**By hand**: trigger it with `outlets` for some outlets only, and with `as_of` for another instant than now. A crawl that
is cleared and run again is a new crawl: it adds rows of runs and fetches, never a second copy of an article.
"""

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, task

RUNS = Asset("pantau_runs")
AS_OF = "{{ params.as_of or dag_run.run_after.isoformat() }}"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="crawl",
    doc_md=__doc__,
    tags=["route"],
    # No start_date: with one, the first unpausing would run the tick that was missed last.
    schedule=CronTriggerTimetable("*/30 * * * *", timezone="UTC") if CLOCK else None,
    # Two crawls at once would ask a host at twice the rate it allows.
    max_active_runs=1,
    params={
        "as_of": Param(None, type=["null", "string"], format="date-time", description="Crawl as of this instant."),
        "outlets": Param([], type="array", items={"type": "string"}, description="Names of outlets; none means all."),
    },
)
def crawl() -> None:
    """Crawl every outlet, then ring for `process`."""

    @task(retries=2, retry_delay=timedelta(seconds=30))
    def outlets(params: dict) -> list[str]:
        from desk import steps

        return steps.enabled_outlets(params["outlets"])

    # No retry: it would ask a host in trouble all over again, and the next crawl is half an hour away. The limit is above
    # the spider's own (600 s) with the time that the desk gives it to end.
    @task(map_index_template="{{ task.op_kwargs['outlet'] }}", retries=0, execution_timeout=timedelta(minutes=15))
    def fetch(outlet: str, as_of: str) -> dict:
        from desk import steps

        return steps.crawl(outlet, as_of=datetime.fromisoformat(as_of))

    @task(trigger_rule="all_done", outlets=[RUNS], retries=2, retry_delay=timedelta(seconds=10))
    def ring(as_of: str, outlet_events: dict) -> None:
        outlet_events[RUNS].extra = {"as_of": as_of}

    # Airflow gives `params` and `outlet_events` by their names.
    fetched = fetch.partial(as_of=AS_OF).expand(outlet=outlets())  # type: ignore[call-arg, misc]
    rung = ring(AS_OF)  # type: ignore[call-arg, misc]
    fetched >> rung
    [fetched, rung] >> EmptyOperator(task_id="all_well")


crawl()
