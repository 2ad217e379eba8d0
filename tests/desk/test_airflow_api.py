"""The client of Airflow's API, against a server that answers as Airflow does (its shapes are the demo's to prove)."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from desk.airflow_api import AirflowApi, AirflowError, Task


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's `answers`, the next of a list at each question, and writes down what it was asked."""

    def do_GET(self):
        """Answer a question."""
        self._answer(None)

    def do_POST(self):
        """Answer a question that brings something."""
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body):
        path = urlsplit(self.path).path
        self.server.asked.append((self.command, path, body, self.headers.get("Authorization")))
        answers = self.server.answers.get(path, [])
        answer = answers.pop(0) if len(answers) > 1 else answers[0] if answers else None
        self.send_response(200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer if answer is not None else {"detail": "no such thing"}).encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    """Give a server whose `answers` a test fills: lists of answers by path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def task(state, index=-1, name=None):
    """Give a task as Airflow tells of it."""
    return {"task_id": "fetch", "state": state, "map_index": index, "rendered_map_index": name, "try_number": 1}


RUN = "/api/v2/dags/crawl/dagRuns/r1"


def test_a_run_is_triggered_by_hand_with_its_instant(server):
    """No logical date: the run is ours, not the clock's."""
    server.answers["/api/v2/dags/crawl/dagRuns"] = [{"dag_run_id": "r1"}]
    assert AirflowApi(server.url).trigger("crawl", as_of="2026-11-20T22:45:00+00:00") == "r1"
    assert server.asked[0][2] == {"logical_date": None, "conf": {"as_of": "2026-11-20T22:45:00+00:00"}}
    assert server.asked[0][3] is None


def test_waiting_shows_the_tasks_until_the_run_has_ended(server):
    """The last look is at the tasks as they ended."""
    server.answers[RUN] = [{"state": "queued"}, {"state": "running"}, {"state": "failed"}]
    server.answers[f"{RUN}/taskInstances"] = [
        {"task_instances": [task(None)]},
        {"task_instances": [task("failed", 0, "kontan")]},
    ]
    seen = []
    assert AirflowApi(server.url).wait("crawl", "r1", seconds=30, look=seen.append) == "failed"
    assert seen[0] == [Task(task="fetch", state="none", tries=1)]
    assert seen[-1] == [Task(task="fetch", state="failed", name="kontan", index=0, tries=1)]
    assert str(seen[-1][0]) == "kontan"


def test_waiting_ends_when_patience_does(server):
    """A run that hangs is named."""
    server.answers[RUN] = [{"state": "running"}]
    server.answers[f"{RUN}/taskInstances"] = [{"task_instances": []}]
    with pytest.raises(AirflowError, match="run r1 of the DAG crawl did not end"):
        AirflowApi(server.url).wait("crawl", "r1", seconds=0, look=lambda tasks: None)


def test_a_failed_tasks_reason_is_its_error(server):
    """The sentence for people, not the stack; the state where a task left no error."""
    path = f"{RUN}/taskInstances/fetch/logs/1"
    error = {
        "event": "Task failed with exception",
        "error_detail": [{"exc_type": "CrawlFailed", "exc_value": "Kontan: …"}],
    }
    server.answers[path] = [{"content": [{"event": "begun"}, error]}, {"content": []}]
    failed = Task(task="fetch", state="failed", index=0, tries=1)
    assert AirflowApi(server.url).reason("crawl", "r1", failed) == "Kontan: …"
    assert AirflowApi(server.url).reason("crawl", "r1", failed) == "failed"


def test_login_is_asked_for_once(server):
    """The token goes with each question that needs one."""
    server.answers["/auth/token"] = [{"access_token": "T"}]
    server.answers[RUN] = [{"state": "success"}]
    api = AirflowApi(server.url, ("admin", "secret"))
    assert [api.state("crawl", "r1"), api.state("crawl", "r1")] == ["success", "success"]
    assert [(path, token) for _, path, _, token in server.asked] == [
        ("/auth/token", None),
        (RUN, "Bearer T"),
        (RUN, "Bearer T"),
    ]


def test_errors_are_sentences(server):
    """An answer that is none names the question; silence names the address."""
    with pytest.raises(AirflowError, match="answered 404 to GET /api/v2/dags/crawl/dagRuns/r1"):
        AirflowApi(server.url).state("crawl", "r1")
    with pytest.raises(AirflowError, match=r"does not answer at http://127\.0\.0\.1:9"):
        AirflowApi("http://127.0.0.1:9").health()
