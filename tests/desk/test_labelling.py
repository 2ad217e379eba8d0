"""Labelling: what is asked first, what each key does, and that no answer is lost."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from stored_articles import TITLES, keep_articles

from desk.home import CHECKOUT
from desk.labels import labels_in, read_labels, topic_counts
from desk.steps.labelling import RANDOM_OF, Candidate, to_ask
from processing.errors import PantauError
from processing.store import connect
from processing.topics import relevance

FIELDS = ["id", "lang", "title", "text", "relevant", "topics", "unsure", "stratum", "url", "labelled_at", "event_group"]


def candidate(number: int, score: float = 0.5, *topics: str) -> Candidate:
    """Give an article that could be asked about."""
    return Candidate(
        id=f"a{number}",
        url="",
        outlet="",
        lang="id",
        seen_at=None,
        score=score,
        topics=topics,
        event_group=f"a{number}",
    )


def label_row(id_: str, **changes) -> dict:
    """Give a label."""
    return {"id": id_, "relevant": True, "topics": ["cyber"], "unsure": False} | changes


def test_the_nearest_come_first_and_one_in_four_by_chance():
    """Two of four by the threshold, one by topic, one by chance; who is drawn by chance is told by the id alone."""
    everyone = [candidate(number, number / 200) for number in range(200)]
    asked = to_ask(everyone, {}, count=40)
    assert len({one.id for one in asked}) == 40
    assert [one.random for one in asked] == [False, False, False, True] * 10
    near = [abs(one.score - relevance().threshold) for one in asked if not one.random]
    assert near[0] == min(near)
    assert max(near[::3] + near[2::3]) < 0.25
    chance = [one for one in everyone if one.random]
    assert 200 / RANDOM_OF * 0.6 < len(chance) < 200 / RANDOM_OF * 1.4
    assert [one.id for one in asked if one.random] == [one.id for one in sorted(chance, key=lambda one: one.draw)][:10]
    assert to_ask(everyone, {}, count=40) == asked


def test_topics_with_few_labels_are_asked_for():
    """The thinnest of those found, the surest first; and once it was asked for, the next."""
    ids = [number for number in range(100) if not candidate(number).random][:6]
    codes = ("cyber", "cyber", "maritime", "maritime", "diplomacy", "diplomacy")
    everyone = [
        candidate(number, 0.9 + place / 100, code) for place, (number, code) in enumerate(zip(ids, codes, strict=True))
    ]
    asked = to_ask(everyone, {"cyber": 9, "maritime": 1, "diplomacy": 1}, count=6)
    assert asked[1].topics == ("diplomacy",)
    assert asked[1].score == pytest.approx(0.95)
    assert len(asked) == 6


def test_with_too_few_articles_all_are_asked():
    """No turn waits for what is not there."""
    for count in (1, 3, 7):
        assert len(to_ask([candidate(number) for number in range(count)], {}, count=20)) == count


def test_the_last_line_holds(tmp_path):
    """A label that was taken back is none, and one that was given anew is the new one."""
    path = tmp_path / "labels.jsonl"
    with labels_in(path) as labels:
        labels.add(label_row("a"))
        labels.add(label_row("b"))
        labels.add(label_row("c", topics=["maritime"]))
        labels.undo("a")
        labels.add(label_row("b", topics=["maritime"]))
        held = dict(labels.held)
    assert read_labels(path) == held
    assert {id_: row["topics"] for id_, row in held.items()} == {"b": ["maritime"], "c": ["maritime"]}
    assert len(path.read_text().splitlines()) == 5
    assert topic_counts(held) == Counter(maritime=2)
    assert json.loads(path.read_text().splitlines()[3])["unsure"]


def test_half_a_line_is_dropped(tmp_path):
    """What a crash left at the end does not spoil the next label."""
    path = tmp_path / "labels.jsonl"
    whole = json.dumps(label_row("a")) + "\n"
    path.write_text(whole + '{"id": "b", "relev')
    with labels_in(path) as labels:
        assert set(labels.held) == {"a"}
        labels.add(label_row("c"))
    assert path.read_text() == whole + json.dumps(label_row("c")) + "\n"


def test_a_line_that_is_no_label_is_named(tmp_path):
    """By its number; nothing is thrown away unasked."""
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(label_row("a")) + "\nnonsense\n")
    with pytest.raises(PantauError, match="line 2, is no label"):
        read_labels(path)


def test_one_person_at_a_time(tmp_path):
    """A second round on the same file is refused."""
    path = tmp_path / "labels.jsonl"
    with labels_in(path), pytest.raises(PantauError, match="end that one first"), labels_in(path):
        pass


@pytest.fixture
def given(tmp_path) -> Path:
    """Give a file of five articles in the form of `pantau judge`, one with what a hostile page may hold."""
    path = tmp_path / "in.jsonl"
    titles = [*TITLES[:4], "Kapal \x1b[2J[red]asing"]
    lines = [{"id": number, "title": title, "text": f"{title}.", "lang": "id"} for number, title in enumerate(titles)]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def command(*words: object) -> list[str]:
    """Give the command line of a round."""
    return [sys.executable, "-m", "desk.cli", "label", *map(str, words)]


def labelled(home: Path) -> list[dict]:
    """Give the lines of the file that a round has written."""
    return [json.loads(line) for line in (home / "labels.jsonl").read_text().splitlines()]


def test_a_round_from_standard_input(given, tmp_path, monkeypatch):
    """One key an answer; a round that ends goes on where it was, and asks about nothing twice."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))

    def answer(keys: str) -> str:
        done = subprocess.run(
            command("--file", given), cwd=CHECKOUT, input=keys, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = answer("n?s")
    assert "1 of 5" in said
    assert "+2 now" in said
    assert "\x1b" not in said
    first = labelled(tmp_path / "home")
    assert [list(row) for row in first] == [FIELDS, FIELDS]
    assert [(row["relevant"], row["topics"], row["unsure"]) for row in first] == [(False, [], False), (False, [], True)]
    assert {row["stratum"] for row in first} <= {"random", "enriched"}
    assert all(row["event_group"] == row["id"] for row in first)

    said = answer("t aj\nnu?\nx nq")
    rows = labelled(tmp_path / "home")[2:]
    assert "1 of 3" in said
    assert rows[0]["relevant"]
    assert {"armed_conflict", "cyber"} <= set(rows[0]["topics"])
    assert rows[2] == rows[1] | {"unsure": True, "undone": True}
    assert (rows[3]["id"], rows[3]["unsure"]) == (rows[1]["id"], True)
    assert len({row["id"] for row in first + rows}) == 5

    nothing = subprocess.run(
        command("--file", given), cwd=CHECKOUT, input="", capture_output=True, text=True, check=False
    )
    assert (nothing.returncode, "no article to label" in nothing.stderr) == (2, True)


def test_a_round_at_a_terminal(given, tmp_path):
    """Keys need no Enter; the last answer can still be undone; Ctrl-C ends the round and keeps what was said."""
    keys, terminal = pty.openpty()
    environ = os.environ | {"PANTAU_HOME": str(tmp_path / "home"), "TERM": "xterm"}
    ends = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
    with (
        subprocess.Popen(command("--file", given, "--count", 2), cwd=CHECKOUT, env=environ, **ends) as process,
        closing_end(process),
    ):
        os.close(terminal)
        shown = wait_for(keys, b"1 of 2")
        os.write(keys, b"n")
        shown += wait_for(keys, b"2 of 2")
        os.write(keys, b"n")
        shown += wait_for(keys, b"That was the last")
        os.write(keys, b"u")
        shown += wait_for(keys, b"2 of 2")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    os.close(keys)
    assert b"\x1b[2J" not in shown
    assert [row.get("undone", False) for row in labelled(tmp_path / "home")] == [False, False, True]
    assert len(read_labels(tmp_path / "home" / "labels.jsonl")) == 1


@contextmanager
def closing_end(process: subprocess.Popen) -> Iterator[None]:
    """End a process with the block, whatever happened in it."""
    try:
        yield
    finally:
        process.kill()


def wait_for(terminal: int, words: bytes) -> bytes:
    """Read what a terminal shows until these words stand there."""
    shown = b""
    while words not in shown:
        assert select.select([terminal], [], [], 20)[0], shown
        shown += os.read(terminal, 4096)
    return shown


def test_a_round_on_stored_articles(database_url, tmp_path, monkeypatch):
    """What is known of an article is in its label: its address, outlet's language and story."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    with closing(connect(database_url)) as connection, connection, connection.cursor() as cursor:
        keep_articles(connection)
        cursor.execute("UPDATE revision SET seen_at = now()")
        cursor.execute("INSERT INTO story (first_seen_at, last_seen_at) VALUES (now(), now()) RETURNING id")
        ((story,),) = cursor.fetchall()
        cursor.execute("INSERT INTO story_article SELECT id, %s, NULL, 1, 'a test' FROM article", (story,))
    done = subprocess.run(
        command("--lang", "id"), cwd=CHECKOUT, input="y\n" * 5, capture_output=True, text=True, check=False
    )
    assert "Kontan · " in done.stdout, done.stderr
    rows = labelled(tmp_path)
    assert len(rows) == len(TITLES)
    assert {row["event_group"] for row in rows} == {f"story-{story}"}
    assert {row["url"] for row in rows} == {f"https://kontan.example/{number}" for number in range(5)}
    found = {row["title"]: row["topics"] for row in rows}
    assert found[TITLES[0]] == ["maritime"]
    assert found[TITLES[1]] == ["nuclear_missile_wmd"]


def test_named_articles_are_asked_about(database_url, tmp_path, monkeypatch):
    """Also again: the new answer holds, and what was chosen is no random draw. An address that is not stored is named."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    with closing(connect(database_url)) as connection, connection, connection.cursor() as cursor:
        keep_articles(connection)
        cursor.execute("UPDATE revision SET seen_at = now()")
    urls = [f"https://kontan.example/{number}" for number in range(4)]
    for answer in "yn":
        done = subprocess.run(
            command(*urls), cwd=CHECKOUT, input=answer * 4, capture_output=True, text=True, check=False
        )
        assert "4 of 4" in done.stdout, done.stderr
    held = read_labels(tmp_path / "labels.jsonl")
    assert [(row["url"], row["relevant"], row["stratum"]) for row in held.values()] == [
        (url, False, "enriched") for url in urls
    ]
    done = subprocess.run(
        command("https://kontan.example/none"), cwd=CHECKOUT, input="", capture_output=True, text=True, check=False
    )
    assert (done.returncode, "No article of the last 90 days" in done.stderr) == (2, True)
