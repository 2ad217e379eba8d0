"""`pantau read`, `judge` and `group`: the schemas that others rely on, and lines that cannot be answered."""

import gzip
import json

import pytest
from tellings import BOTH, FISHERS, SHIP
from typer.testing import CliRunner

from desk.verbs.lines import app, given_date

PAGE = """<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">
<title>Kapal patroli baru tiba di Batam</title>
<meta property="article:published_time" content="2026-11-20T16:12:00+07:00"></head><body><article>
<h1>Kapal patroli baru tiba di Batam</h1>
<p>Kapal patroli buatan dalam negeri tiba di pangkalan Batam pada Jumat siang dan langsung disiapkan untuk bertugas di
perairan perbatasan, kata juru bicara pangkalan itu kepada wartawan.</p>
<p>Dua kapal sejenis masih dibangun di galangan yang sama dan akan diserahkan tahun depan setelah menjalani uji laut
selama tiga bulan di Laut Jawa, menurut keterangan tertulis galangan.</p></article></body></html>"""

READ = {
    "id", "title", "body", "published_at", "authors", "editor", "dateline", "section", "image", "language", "read_by"
}  # fmt: skip


def answers(verb: str, *lines: object) -> tuple[list[dict], int]:
    """Give what a verb, with its options, answers to lines on standard input, and its exit code."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    done = CliRunner().invoke(app, verb.split(), input=text, catch_exceptions=False)
    return [json.loads(line) for line in done.stdout.splitlines()], done.exit_code


def test_read_gives_its_schema():
    """A page in, an article out, its date with its zone."""
    (given,), code = answers("read", {"id": 7, "url": "https://example.test/a", "html": PAGE})
    assert code == 0
    assert set(given) == READ
    assert given["id"] == 7
    assert given["title"] == "Kapal patroli baru tiba di Batam"
    assert given["published_at"] == "2026-11-20T16:12:00+07:00"
    assert len(given["body"].split("\n")) == 2
    assert set(given["read_by"]) >= {"title", "body", "published_at"}


def test_read_takes_files_packed_or_not(tmp_path):
    """`file` is looked for beside the list, and unpacked."""
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "a.html").write_text(PAGE)
    pages = tmp_path / "pages.jsonl"
    pages.write_text(
        "".join(
            json.dumps({"id": n, "url": "https://example.test/a", "file": f}) + "\n"
            for n, f in enumerate(("a.html", "a.html.gz"))
        )
    )
    done = CliRunner().invoke(app, ["read", str(pages)], catch_exceptions=False)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["body"] == second["body"] != ""


def test_judge_gives_its_schema():
    """Topics are objects, strongest first, with the words behind them."""
    line = {
        "id": "a",
        "title": "Korea Utara uji coba rudal balistik",
        "text": "Korea Utara meluncurkan rudal balistik ke laut, kata militer Korea Selatan seperti dikutip Reuters.",
        "lang": "id",
    }
    (given,), code = answers("judge", line)
    assert code == 0
    assert set(given) == {"id", "language", "relevant", "score", "topics", "entities", "sources"}
    assert given["relevant"] is True
    assert given["topics"][0]["topic"] == "nuclear_missile_wmd"
    assert given["topics"][0]["evidence"]


def test_group_gives_its_schema():
    """The same text under two outlets is one story, and the second a duplicate."""
    text = "Bakamla membayangi kapal penjaga pantai asing di Laut Natuna Utara selama empat belas jam pada hari Jumat."
    lines = [{"id": n, "title": "Kapal asing di Natuna", "text": text, "date": "2026-11-20"} for n in ("a", "b")]
    given, code = answers("group", *lines)
    assert code == 0
    assert given == [{"id": "a", "story": "a", "duplicate_of": None}, {"id": "b", "story": "a", "duplicate_of": "a"}]


@pytest.mark.parametrize("at_once", [False, True])
def test_group_tells_stories_as_they_are_in_the_end_or_at_once(at_once):
    """Two that begin apart are one by the third article; who reads each answer at once is told by `merged`."""
    lines = [
        {"id": id_, "title": title, "text": text, "date": "2026-11-20", "lang": "id"}
        for id_, (title, text) in zip("abc", (SHIP, FISHERS, BOTH), strict=True)
    ]
    (*first, last), code = answers("group --at-once" if at_once else "group", *lines)
    assert code == 0
    told = {"a", "b"} if at_once else {last["story"]}
    assert {line["story"] for line in first} == told
    assert {last["story"], *last.get("merged", ())} == told


@pytest.mark.parametrize(
    ("given", "text", "day"),
    [
        ("2019-10-09 00:00:00", "Juru bicara mengatakan pada Selasa (10/9/2019) bahwa", "2019-09-10"),
        ("2019-10-09", "Juru bicara mengatakan pada Rabu (9/10/2019) bahwa", "2019-10-09"),
        ("2019-10-09", "Perang yang bermula pada 12/9/2001 itu", "2019-10-09"),
        ("2019-10-09", "Tanpa hari", "2019-10-09"),
        ("16/09/2019", "Tanpa hari", "2019-09-16"),
        ("2019-10-29", "Juru bicara mengatakan pada Selasa (10/9/2019) bahwa", "2019-10-29"),
    ],
)
def test_day_and_month_that_were_swapped_are_put_right(given, text, day):
    """Only where the text names the other reading in full and nothing near what was given."""
    found = given_date(given, text)
    assert found is not None
    assert found.date().isoformat() == day


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "Line 1: it is no JSON object."),
        ({"id": 1, "title": None, "text": "x"}, "Line 1: title is null, and should be a text in quotation marks."),
        ({"id": 1, "title": "x", "text": "y", "date": 20190916}, "Line 1: date is 20190916, and should be a text"),
        ({"id": 1, "title": "x", "text": "y", "lang": ["id"]}, 'Line 1: lang is ["id"], and should be a text'),
    ],
)
@pytest.mark.parametrize("verb", ["group", "group --at-once", "judge"])
def test_fields_that_are_no_text_are_named_and_the_rest_goes_on(verb, line, said):
    """A number for a date or nothing for a title costs that line alone; what may be left out may be null."""
    given, code = answers(verb, line, {"id": 2, "title": "Kapal asing", "text": "Bakamla.", "date": None, "lang": None})
    assert code == 1
    assert given[0]["error"].startswith(said)
    assert given[1]["id"] == 2
    assert "error" not in given[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [("no json", "Line 1"), ({"id": 1}, "url"), ({"id": 1, "url": "https://example.test/", "html": "<p>"}, "Line 1")],
)
def test_line_that_cannot_be_answered_says_so_and_the_rest_goes_on(line, said):
    """Nothing is lost: a fault stands in the place of its answer, and the exit code tells."""
    given, code = answers("read", line, {"id": 2, "url": "https://example.test/a", "html": PAGE})
    assert said in given[0]["error"]
    assert given[1]["title"]
    assert code == 1
