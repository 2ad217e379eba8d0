"""Pages that nobody here wrote: the user's own article, and floors of quality on the public test sets."""

import gzip
import hashlib
import importlib.util
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.outlets import outlet_named
from processing.extraction import read_pages
from processing.model import Page

pytestmark = pytest.mark.corpus

AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "reading.py"
CORPUS = "e70b73bf030f4e7d1e77622bceda3e59a550a94df43cddaf811be87b1a9454b6"
"""SHA-256 over the sets' files, in the order of `FLOORS`: the floors below hold for these pages and no others."""

FLOORS = {
    "zyte": {"f1": 0.961, "exact": 0.45},
    "andy": {"f1": 0.944, "exact": 0.225, "title": 0.92, "authors": 0.78},
    "fundus": {"f1": 0.955, "exact": 0.245, "title": 0.82, "date": 0.985, "authors": 0.86},
    "anpandu": {"f1": 0.967, "exact": 0.31, "title": 0.93, "date": 0.93},
    "idmodern": {"f1": 0.995, "exact": 0.83, "title": 1.0, "date": 1.0},
}
"""A little under what was measured on 2026-11-26 (`benchmarks/reading.py`). One is lowered only here, with the reason.

Lowered then: body F1 and exact bodies of andy and fundus, by half a point and by five to ten, since a standfirst is no
longer part of the text (docs/decisions/0005), which raised exact bodies of zyte by ten.
"""

REAL_PAGES = {"kompas": 3, "liputan6": 3, "okezone": 2, "republika": 3, "tribunnews": 2}
"""Outlets that have rules and real pages, and how many of these at least are articles by the declaration."""

SEED_URL = (
    "https://internasional.kontan.co.id/news/"
    "kim-jong-un-ke-rusia-kemungkinan-bahas-lebih-banyak-pasokan-senjata-untuk-perang"
)


@pytest.fixture(scope="module")
def reading():
    """Give the benchmark as a module."""
    spec = importlib.util.spec_from_file_location("benchmark_reading", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_users_own_article_comes_out_as_described(shared):
    """Title, clean paragraphs, dateline, editor and time: what `corpus/seed/README.md` asks for."""
    page = Page(url=SEED_URL, content=(shared / "corpus" / "seed" / "kontan.html").read_bytes())
    article = read_pages([page], outlet_named("kontan"), as_of=datetime(2023, 9, 6, tzinfo=UTC))
    given = (shared / "corpus" / "seed" / "article.txt").read_text("utf-8").split("\n")
    lines = [line.strip() for line in given if line.strip()]
    kept = [line for line in lines[1:] if not line.startswith(("Baca Juga", "Cek Berita", "Editor:"))]
    assert article.title == lines[0]
    assert [words(text) for text in article.paragraphs] == [words(text.split("NEW YORK. ")[-1]) for text in kept]
    assert (article.dateline, article.editor) == ("NEW YORK", "Barratut Taqiyyah Rafie")
    assert article.published_at.isoformat() == "2023-09-05T10:17:00+07:00"
    assert (article.language, article.url, article.authors) == ("id", SEED_URL, ())


def words(text):
    """Fold what differs between the page and the text given: quotation marks and spaces."""
    return text.replace("“", '"').replace("”", '"').split()


def test_the_corpus_is_the_one_that_the_floors_were_measured_on(shared):
    """Other pages need other floors."""
    digest = hashlib.sha256()
    for name in FLOORS:
        digest.update((shared / "corpus" / "pages" / f"{name}.jsonl").read_bytes())
    assert digest.hexdigest() == CORPUS


@pytest.mark.parametrize("name", FLOORS)
def test_quality_holds_on_pages_of_outlets_without_rules(shared, reading, name):
    """Body, title, date and authors do not fall under their floors."""
    score = reading.measure("pantau", shared / "corpus" / "pages", name)
    fallen = {key: getattr(score, key) for key, floor in FLOORS[name].items() if getattr(score, key) < floor}
    assert not fallen


@pytest.mark.parametrize(("name", "least"), REAL_PAGES.items())
def test_rules_do_as_well_as_the_generic_reader_on_real_pages(shared, reading, name, least):
    """Outlets with real pages here, of 2015 to 2024: no declaration loses what the generic reader finds.

    Each page is read as on the day after it was published, so that older layouts have their turn.
    """
    outlet = outlet_named(name)
    folder = shared / "corpus" / "pages"
    lines = [line for line in real_pages(reading, folder) if is_ours(outlet, line["url"])]
    read = {"rules": [], "generic": []}
    for line in lines:
        page = Page(
            url=line["url"],
            content=gzip.decompress((folder / line["file"]).read_bytes()),
            content_type="text/html; charset=utf-8",
        )
        as_of = datetime.fromisoformat(line["truth"]["date"]).replace(tzinfo=UTC) + timedelta(days=1)
        read["rules"].append(read_pages([page], outlet, as_of=as_of))
        read["generic"].append(read_pages([page], None, as_of=as_of))
    assert len(lines) >= least
    assert {article.read_by["body"] for article in read["rules"]} == {"rules"}
    truths = [placeless(outlet, line["truth"]["body"]) for line in lines]
    scores = {
        method: reading.body_score(truths, [placeless(outlet, article.body) for article in articles])[0]
        for method, articles in read.items()
    }
    assert scores["rules"] >= scores["generic"] - 0.005
    for line, ruled, generic in zip(lines, *read.values(), strict=True):
        assert ruled.title == line["truth"]["title"] or ruled.title == generic.title
        assert ruled.published_at.date().isoformat() == line["truth"]["date"]
        assert len(ruled.authors) >= len(generic.authors)


def real_pages(reading, folder):
    """Give the lines of the Indonesian sets."""
    return [line for name in ("anpandu", "idmodern") for line in reading.load(folder, name)]


def is_ours(outlet, url):
    """Say whether an address is an article's by the outlet's declaration, on whatever host of its domain."""
    return bool(re.match(outlet.article, url)) and not any(re.search(pattern, url) for pattern in outlet.exclude)


def placeless(outlet, body):
    """Take the dateline off: the rules move it into a field."""
    return re.sub(outlet.dateline, "", body, count=1)
