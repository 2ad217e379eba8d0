"""What holds for every DAG file: it can be read, quickly, and tells the operator what to do."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from desk.home import CHECKOUT

pytestmark = pytest.mark.heavy

DAGS = ("alerts", "crawl", "digest", "process", "upkeep")

TAGS = {"route", "mail", "upkeep"}
"""The closed list: `route` is what an article passes through, `mail` is what reaches people outside, `upkeep` mends what is stored."""

READ = """
import sys, time
import airflow.sdk, airflow.providers.standard.operators.empty
began = time.monotonic()
import dags.{dag}
print("read", time.monotonic() - began, *sorted({heavy!r} & set(sys.modules)))
"""

HEAVY = {"crawlers.outlets", "desk.steps", "processing.store", "scrapy", "trafilatura"}


def test_there_are_as_many_dags_as_files(dags):
    """The bag is not empty, and a DAG bears its file's name."""
    assert tuple(sorted(dags)) == DAGS
    assert tuple(sorted(path.stem for path in (CHECKOUT / "dags").glob("*.py"))) == DAGS


@pytest.mark.parametrize("dag", DAGS)
def test_reading_a_file_is_quick_and_loads_nothing_of_the_route(airflow, dag):
    """Airflow reads each file every minute and before every task."""
    read = [sys.executable, "-c", READ.format(dag=dag, heavy=HEAVY)]
    said = subprocess.run(read, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    seconds, *loaded = said.rpartition("read ")[2].split()
    assert loaded == []
    assert float(seconds) < 2


@pytest.mark.parametrize("name", DAGS)
def test_the_page_tells_when_it_runs_and_what_to_do(dags, name):
    """The docstring is the operator's page, in the same parts everywhere, with the hour in both zones."""
    page = dags[name].doc_md
    for part in ("**When**", "**What it does**", "**When it fails**", "**What to do**", "**By hand**"):
        assert f"\n{part}" in page
    assert "UTC" in page
    assert "WIB" in page
    for task in dags[name].task_ids:
        assert f"`{task}`" in page


@pytest.mark.parametrize("name", DAGS)
def test_tags_come_from_the_list(dags, name):
    """An operator filters by tags that mean something."""
    assert dags[name].tags
    assert set(dags[name].tags) <= TAGS


@pytest.mark.parametrize("name", DAGS)
def test_every_dag_takes_the_instant(dags, name):
    """`as_of` may be given, and is the run's own instant by default."""
    assert dags[name].params["as_of"] is None
    assert dags[name].params.get_param("as_of").schema["format"] == "date-time"


@pytest.mark.parametrize("name", DAGS)
def test_nothing_missed_is_made_up_for(dags, name):
    """No start date and no catching up: the first unpausing crawls nothing and sends nothing by itself."""
    assert dags[name].start_date is None
    assert dags[name].catchup is False
    assert dags[name].max_active_runs == 1


def test_the_bell_of_crawl_wakes_process(dags):
    """What `ring` updates is what `process` waits for."""
    rung = dags["crawl"].get_task("ring").outlets
    assert [asset.name for asset in rung] == ["pantau_runs"]
    assert list(dags["process"].timetable.asset_condition.objects) == rung


def test_joining_wakes_the_alerts(dags):
    """What `join` updates is what `alerts` waits for: every 15 minutes, after joining."""
    joined = dags["process"].get_task("join").outlets
    assert [asset.name for asset in joined] == ["pantau_stories"]
    assert list(dags["alerts"].timetable.asset_condition.objects) == joined


@pytest.mark.parametrize(
    ("given", "rings", "as_of"),
    [
        (None, ["2026-11-20T22:45:00+00:00", "2026-11-21T22:45:00+00:00", None], "2026-11-21T22:45:00+00:00"),
        ("2026-11-19T00:00:00+00:00", ["2026-11-20T22:45:00+00:00"], "2026-11-19T00:00:00+00:00"),
        (None, [], "2026-11-23T00:00:00+00:00"),
    ],
)
def test_joining_is_as_of_what_was_crawled(dags, given, rings, as_of):
    """The instant given by hand, else that of the last ring, else that of the run itself."""
    events = [SimpleNamespace(extra={"as_of": ring} if ring else {}) for ring in rings]
    (template,) = dags["process"].get_task("join").op_args
    rendered = dags["process"].get_template_env().from_string(template)
    context = {"params": SimpleNamespace(as_of=given), "triggering_asset_events": {"asset": events} if events else {}}
    assert rendered.render(**context, dag_run=SimpleNamespace(run_after=datetime(2026, 11, 23, tzinfo=UTC))) == as_of


def test_the_digest_ticks_for_every_series(dags):
    """Every 15 minutes, whatever the desk's hour: each series has its own."""
    timetable = dags["digest"].timetable
    assert timetable.expression == "*/15 * * * *"
    assert dags["digest"].params["mail"] is False


@pytest.mark.parametrize(("digest_at", "cron"), [("", "0 3 * * *"), ("17:30", "30 14 * * *"), ("01:15", "15 22 * * *")])
def test_upkeep_is_done_before_the_digest(airflow, monkeypatch, digest_at, cron):
    """Three hours before it, whatever the desk's hour: what an editor has changed speaks in the next digest."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415  (Airflow's settings stand by now)

    monkeypatch.setenv("PANTAU_DIGEST_AT", digest_at)
    timetable = DagBag(CHECKOUT / "dags" / "upkeep.py").dags["upkeep"].timetable
    assert timetable.expression == cron
    assert str(timetable.timezone) == "Asia/Jakarta"


@pytest.mark.parametrize("name", DAGS)
def test_without_the_clock_no_dag_starts_by_itself(airflow, monkeypatch, name):
    """The demo's DAGs run when they are triggered or woken, and at no hour of the real day."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415  (Airflow's settings stand by now)

    monkeypatch.setenv("PANTAU_CLOCK", "off")
    timetable = DagBag(CHECKOUT / "dags" / f"{name}.py").dags[name].timetable
    assert type(timetable).__name__ == ("AssetTriggeredTimetable" if name == "process" else "NullTimetable")
