"""Read, clean and judge the pages of every run that waits, then join the articles to stories.

**When**: whenever `crawl` rings, and every 15 minutes (in UTC and in WIB alike) in case a bell was missed.

**What it does**: `waiting` lists every run on the queue, whoever crawled it and when, and behind them twenty of a
backfill; `read` takes one run each and bears its number; `join` then tells which articles are one story, whether or not a reading failed, and wakes `alerts`; `all_well`
is only there to make the run red when something was.

**When it fails**: a page that cannot be read makes nothing red; it is kept aside as quarantined, with its error, and
`pantau status` counts it. A red `read` means one of two things, and the last lines of the task's log say which. Either
most pages of an outlet could not be read, or not by its own rules: what could be read is stored, and the outlet is named.
Rules that fell short are set aside, so the next run of that outlet is not red for them; `pantau status` keeps showing it.
Or a whole run could not be processed: its archive file is missing, the database was away, or our own rules have a fault;
then the run stays on the queue, and is set aside as failed when it was tried three times. A red `join` means that articles are stored but in no story yet; the next run joins them.

**What to do**: read the log. Where an outlet is named, its layout may have changed: an engineer mends its declaration,
with `pantau outlet check` as a guide, and the next crawl is read by it. Bring back what was away and wait for the next run, or trigger this DAG. A run that was
set aside has a fault of ours: give an engineer the log and the number of the run. To clear a red `read` only
makes it say the same again: what a run found stays true of it.

**By hand**: trigger it whenever you like. What was processed is not processed again, and an article that has a story
keeps it. `as_of` bounds what is joined: articles first seen later wait.
"""

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Asset, AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task

RUNS = Asset("pantau_runs")
STORIES = Asset("pantau_stories")
SWEEP = CronTriggerTimetable("*/15 * * * *", timezone="UTC")
# The bell tells as of when was crawled; of several rings the last counts.
# Someone who rings by hand, in the UI, tells nothing.
RINGS = "triggering_asset_events.values() | sum(start=[]) | map(attribute='extra.as_of', default='') | select | sort"
AS_OF = f"{{{{ params.as_of or ({RINGS} | last | default(dag_run.run_after.isoformat())) }}}}"
CLOCK = os.environ.get("PANTAU_CLOCK", "on") == "on"


@dag(
    dag_id="process",
    doc_md=__doc__,
    tags=["route"],
    schedule=AssetOrTimeSchedule(timetable=SWEEP, assets=[RUNS]) if CLOCK else [RUNS],
    # One run at a time lists the queue; a second would list the same runs, find them taken, and be noise.
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
    params={"as_of": Param(None, type=["null", "string"], format="date-time", description="Join as of this instant.")},
)
def process() -> None:
    """Read every run on the queue, then join."""

    @task
    def waiting() -> list[int]:
        from desk import steps

        return steps.waiting_runs()

    # No retry: a run that could not be processed is back on the queue, and the next sweep takes it up.
    @task(map_index_template="run {{ task.op_kwargs['run'] }}", retries=0, execution_timeout=timedelta(minutes=30))
    def read(run: int) -> dict:
        from desk import steps

        return steps.process_run(run)

    # One task and not a mapped one: stories depend on the order in which articles arrive.
    @task(trigger_rule="all_done", execution_timeout=timedelta(minutes=30), outlets=[STORIES])
    def join(as_of: str) -> dict:
        from desk import steps

        return steps.join_stories(as_of=datetime.fromisoformat(as_of))

    done = read.expand(run=waiting())
    joined = join(AS_OF)
    done >> joined
    [done, joined] >> EmptyOperator(task_id="all_well")


process()
