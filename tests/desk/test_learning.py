"""`pantau topics train` and `pantau explain`: what is learnt is measured before it is kept, and a verdict says why."""

import json
import re
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from crawlers.outlets import OUTLETS
from desk.verbs import explain, topics
from processing.errors import PantauError
from processing.model import Article
from processing.store import articles, outlets
from processing.topics import relevance

LINE = {
    "id": "a1",
    "lang": "id",
    "title": "Korea Utara Luncurkan Rudal Balistik, Jepang Mengecam",
    "text": "Rudal itu jatuh di laut.\nKementerian Pertahanan Jepang menyebutnya ancaman.",
}
ADDRESS = "https://internasional.kontan.co.id/news/rudal"


def labels(count: int, *, relevant: str, other: str) -> str:
    """Give labels of two kinds, each on an event of its own."""
    rows = [
        LINE | {
            "id": f"a{n}", "title": f"{(other, relevant)[n % 2]} {n}", "text": f"{(other, relevant)[n % 2]} nomor {n}.",
            "relevant": n % 2 == 1, "event_group": str(n), "date": f"{1990 + n}-01-01",
        }
        for n in range(count)
    ]  # fmt: skip
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def desk_home(monkeypatch, tmp_path):
    """Give a PANTAU_HOME of the test's own."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    return tmp_path


def run(app, *words: str, text: str | None = None) -> str:
    """Run a verb and give what it printed, in wide lines."""
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, list(words), input=text, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_own_labels_make_own_weights(desk_home):
    """Labels that the desk's weights get wrong are learnt from; the figures stand beside ours, and the file in PANTAU_HOME."""
    (desk_home / "labels.jsonl").write_text(
        labels(40, relevant="Satelit peluncur antariksa", other="Wisata pantai hotel")
    )
    told = run(topics.app, "train")
    assert re.search(r"id +ours +40", told)
    assert re.search(r"id +learnt +40", told)
    table = json.loads((desk_home / "relevance.json").read_text())
    assert table["made_from"]["weights_before"]
    assert table["threshold"] == relevance().threshold
    assert table["words"]["id"]["antariksa"] > 0


def test_what_is_no_better_is_not_written(desk_home):
    """Labels that agree with our weights but for a few that nothing tells of leave them as they are, unless one insists."""
    rows = [
        json.loads(line) for line in labels(60, relevant="Pelatih memuji gol", other="Harga cabai naik").splitlines()
    ]
    for number, row in enumerate(rows):
        row["relevant"] = number in {3, 16}
    (desk_home / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(PantauError, match="nothing was written"):
        run(topics.app, "train")
    assert not (desk_home / "relevance.json").exists()
    run(topics.app, "train", "--anyway")
    assert (desk_home / "relevance.json").exists()


def test_no_labels_is_one_sentence(desk_home):
    """It says how to make some."""
    with pytest.raises(PantauError, match="pantau label"):
        run(topics.app, "train")


def test_a_text_is_explained(tmp_path):
    """Terms with place and weight, names, words, score, threshold and verdict; from a file by id, or standard input."""
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(LINE | {"id": "a0", "title": "Harga cabai naik"}) + "\n" + json.dumps(LINE) + "\n")
    told = run(explain.app, "--file", str(path), "--id", "a1")
    assert LINE["title"] in told
    assert re.search(r"(?i)luncurkan rudal \(title, 3\)", told)
    assert "Nuclear weapons, missiles and other WMD" in told
    assert "*North Korea (country, " in told
    assert re.search(rf"Score 0\.9\d\d, relevant from {relevance().threshold:.2f}: relevant", told)
    assert re.search(r"Words for it: .*\+0\.", told)
    assert run(explain.app, "--file", "-", text=json.dumps(LINE)) == told


def test_what_is_not_ours_is_explained_too():
    """What speaks against it is shown, and that it gets no topic."""
    line = LINE | {"title": "Perang harga ponsel, tiga merek banting diskon", "text": "Saham naik."}
    told = run(explain.app, "--file", "-", text=json.dumps(line))
    assert ": not relevant" in told
    assert "not ours: business" in told
    assert "It gets no topic" in told


def test_a_stored_article_is_explained(connection, database_url, monkeypatch):
    """By its address, as it stands now."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    outlets.declare(connection, [OUTLETS["kontan"]])
    for title in ("Harga cabai naik", LINE["title"]):
        article = Article(url=ADDRESS, title=title, paragraphs=tuple(LINE["text"].split("\n")), published_at=None)
        articles.keep(connection, "kontan", article, [], reader="test", seen_at=datetime(2026, 11, 1, tzinfo=UTC))
    connection.commit()
    told = run(explain.app, ADDRESS)
    assert LINE["title"] in told
    assert ": relevant" in told
    with pytest.raises(PantauError, match="No article is stored under"):
        run(explain.app, f"{ADDRESS}-lain")


@pytest.mark.parametrize(
    ("words", "text", "complaint"),
    [
        ((), None, "Name a stored article"),
        (("--file", "/nowhere"), None, "There is no /nowhere"),
        (("--file", "-"), "{", "Line 1 is not an article"),
        (("--file", "-", "--id", "x"), json.dumps(LINE), "no article x"),
    ],
)
def test_a_wrong_question_is_one_sentence(words, text, complaint):
    """That says what is wanted."""
    with pytest.raises(PantauError, match=complaint):
        run(explain.app, *words, text=text)
