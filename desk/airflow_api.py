"""The little of Airflow's REST API that the desk uses: health, DAGs, runs and their tasks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from processing.errors import PantauError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENDED = ("success", "failed")
"""The states in which a DAG run stays."""

UNENDED = ("queued", "running")
"""The states of a DAG run that has yet to end."""

BROKEN = ("failed", "upstream_failed", "up_for_retry")
"""The states of a task that has not done what it should."""


class AirflowError(PantauError):
    """Airflow does not answer, or not as it should; the sentence says where to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of a DAG run, or one of those it was mapped to."""

    task: str
    state: str
    """Airflow's: `success`, `failed`, `running`, `queued`…; `none` before it is scheduled."""
    name: str = ""
    """What it was mapped over, once it has begun; empty for a task that is not mapped."""
    index: int = -1
    """Its place among those it was mapped to; -1 for a task that is not mapped."""
    tries: int = 0

    def __str__(self) -> str:
        return self.name or self.task


class AirflowApi:
    """A client of the API at `url` (`http://HOST:PORT`); `login` is a user's name and password where they are asked for."""

    def __init__(self, url: str, login: tuple[str, str] | None = None) -> None:
        self.url = url
        self._login = login
        self._token_known, self._token_until = "", 0.0
        # trust_env: a proxy of the environment has no business on the loopback.
        self._client = httpx.Client(base_url=url, timeout=30, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def health(self) -> dict[str, str]:
        """Give the health of each component (`healthy`, `unhealthy`), by its name; it needs no login."""
        parts: dict[str, dict[str, str | None]] = self._send("GET", "/api/v2/monitor/health")
        return {name: part.get("status") or "" for name, part in parts.items()}

    def warm(self) -> None:
        """Make the server build the part that tasks talk to, which it would else do while the first task waits (7 s)."""
        self._send("GET", "/execution/health")

    def parsed(self) -> dict[str, str]:
        """Give the instant (ISO 8601, UTC) when each DAG was last read."""
        dags = self._get("/dags", limit=100)["dags"]
        return {dag["dag_id"]: dag["last_parsed_time"] or "" for dag in dags}

    def import_errors(self) -> list[str]:
        """Give the last line of what went wrong with each DAG file that cannot be read."""
        errors = self._get("/importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace'].strip().splitlines()[-1]}" for error in errors]

    def trigger(self, dag: str, **conf: Any) -> str:
        """Start a run of a DAG with these params, and give its id."""
        body = {"logical_date": None, "conf": conf}
        return str(self._call("POST", f"/dags/{dag}/dagRuns", json=body)["dag_run_id"])

    def state(self, dag: str, run: str) -> str:
        """Give the state of a DAG run."""
        return str(self._get(f"/dags/{dag}/dagRuns/{run}")["state"])

    def runs(self, dag: str, states: Sequence[str] = ()) -> list[str]:
        """Give the ids of the newest hundred runs of a DAG, the newest first, in these states or in any."""
        found = self._get(f"/dags/{dag}/dagRuns", state=list(states), order_by="-run_after", limit=100)
        return [run["dag_run_id"] for run in found["dag_runs"]]

    def tasks(self, dag: str, run: str) -> list[Task]:
        """Give the tasks of a DAG run."""
        found = self._get(f"/dags/{dag}/dagRuns/{run}/taskInstances", limit=1000)["task_instances"]
        return [
            Task(
                task=each["task_id"],
                state=each["state"] or "none",
                name=each["rendered_map_index"] or "",
                index=each["map_index"],
                tries=each["try_number"],
            )
            for each in found
        ]

    def reason(self, dag: str, run: str, task: Task) -> str:
        """Give the error that a failed task ended with, from its log; where there is none, its state."""
        path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task.task}/logs/{task.tries}"
        lines = self._get(path, map_index=task.index, full_content=True)["content"]
        errors = [
            error["exc_value"] for line in lines if isinstance(line, dict) for error in line.get("error_detail") or ()
        ]
        return str(errors[0]) if errors else task.state

    def give_up(self, dag: str, run: str) -> None:
        """Mark a DAG run and what runs of it as failed."""
        self._call("PATCH", f"/dags/{dag}/dagRuns/{run}", json={"state": "failed"})

    def wait(self, dag: str, run: str, *, seconds: float, look: Callable[[list[Task]], None]) -> str:
        """Wait until a run has ended and give its state; `look` is shown its tasks every two seconds and at the end.

        More often would keep the server from its work. Raises AirflowError when it takes longer than `seconds`.
        """
        until = time.monotonic() + seconds
        next_look = 0.0
        while (state := self.state(dag, run)) not in ENDED:
            if time.monotonic() >= next_look:
                look(self.tasks(dag, run))
                next_look = time.monotonic() + 2
            if time.monotonic() > until:
                raise AirflowError(f"The run {run} of the DAG {dag} did not end within {seconds:.0f} seconds.")
            time.sleep(0.4)
        look(self.tasks(dag, run))
        return state

    def _get(self, path: str, **params: Any) -> Any:
        return self._call("GET", path, params=params)

    def _call(self, method: str, path: str, **rest: Any) -> Any:
        if self._login:
            self._client.headers["Authorization"] = f"Bearer {self._token()}"
        return self._send(method, f"/api/v2{path}", **rest)

    def _token(self) -> str:
        """Give the token of our login, asked for anew each hour; it is good for a day."""
        if not self._token_known or time.monotonic() > self._token_until:
            username, password = self._login or ("", "")
            answer = self._send("POST", "/auth/token", json={"username": username, "password": password})
            self._token_known, self._token_until = str(answer["access_token"]), time.monotonic() + 3600
        return self._token_known

    def _send(self, method: str, path: str, **rest: Any) -> Any:
        try:
            response = self._client.request(method, path, **rest)
        except httpx.TransportError as error:
            raise AirflowError(f"Airflow does not answer at {self.url} ({type(error).__name__}).") from error
        if response.is_error:
            raise AirflowError(f"Airflow answered {response.status_code} to {method} {path}: {response.text[:300]}")
        return response.json()
