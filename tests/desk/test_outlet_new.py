"""`pantau outlet new` on newspapers it has never seen: what it makes crawls, reads, and passes its generated test."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from small_sites import STORIES, fill_with_kabar_selatan, fill_with_strait_courier, served
from workshop import workshop_in

from processing.model import CrawlResult
from processing.model.codec import from_json

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def indonesian(tmp_path_factory):
    """Have Kabar Selatan declared; gives the workshop, the site, and what the command said."""
    workshop = workshop_in(tmp_path_factory.mktemp("indonesian"))
    with served() as site:
        fill_with_kabar_selatan(site)
        said = workshop.run(f"./pantau outlet new kabar_selatan {site.home}/ --delay 0")
        yield workshop, site, said


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """Have The Strait Courier declared; gives the workshop, the site, and what the command said."""
    workshop = workshop_in(tmp_path_factory.mktemp("english"))
    with served() as site:
        fill_with_strait_courier(site, today=datetime.now(UTC))
        said = workshop.run(f"./pantau outlet new strait_courier {site.home}/ --delay 0")
        yield workshop, site, said


SITES = pytest.mark.parametrize(("made", "name"), [("indonesian", "kabar_selatan"), ("english", "strait_courier")])


@SITES
def test_it_says_what_it_found_and_what_to_do_next(made, name, request):
    """The command ends well, names what it wrote, what it guessed, and the next step."""
    _, _, said = request.getfixturevalue(made)
    assert said.returncode == 0, said.stderr
    assert f"crawlers/outlets/{name}.py" in said.stdout
    assert "unsure  Its terms of use were not read" in said.stdout
    assert f"pantau outlet check {name}" in said.stdout


@SITES
def test_the_declaration_is_short_and_clean(made, name, request):
    """A declaration is about thirty lines, and ruff finds nothing to mend in it."""
    workshop, _, _ = request.getfixturevalue(made)
    path = f"crawlers/outlets/{name}.py"
    assert len((workshop.folder / path).read_text().splitlines()) <= 40
    for check in ("check", "format --check"):
        done = workshop.run(f"ruff {check} {path}")
        assert done.returncode == 0, done.stdout


@SITES
def test_the_generated_test_passes(made, name, request):
    """The frozen cases are three at least and pass the test that holds the bar for every outlet."""
    workshop, _, _ = request.getfixturevalue(made)
    done = workshop.run(f"python -m pytest tests/outlets -k {name}")
    assert done.returncode == 0, done.stdout
    assert len(list((workshop.folder / "tests/outlets" / name).iterdir())) >= 3
    assert int(done.stdout.split(" passed")[0].split()[-1]) >= 20


@SITES
def test_the_outlet_crawls(made, name, request):
    """`scrapy crawl` on the new declaration fetches every article of the site once, without a problem."""
    workshop, site, _ = request.getfixturevalue(made)
    site.asked.clear()
    done = workshop.run(f"python -m scrapy crawl {name}")
    assert done.returncode == 0, done.stderr
    (path,) = (workshop.home / "crawls").glob(f"{name}-*.json")
    result = from_json(CrawlResult, path.read_bytes())
    assert (result.finish_reason, result.problems) == ("finished", ())
    pages = [fetch.url for fetch in result.fetches if fetch.kind == "page" and fetch.fate is None]
    assert len(pages) == len(set(pages)) == {"kabar_selatan": 6, "strait_courier": 5}[name]
    assert len(site.asked) == len(set(site.asked))


def test_cases_state_what_a_person_reads_on_the_indonesian_page(indonesian):
    """Dateline, editor, zone, and a text without plugs and links: as they stand on the page."""
    workshop, _, _ = indonesian
    case = _expected(workshop, "kabar_selatan", "kapal-patroli")
    assert case["title"] == "Kapal Patroli Baru Tiba di Pelabuhan Makassar"
    assert case["published_at"] == "2026-11-22T08:10:00+08:00"
    assert (case["dateline"], case["editor"], case["authors"]) == ("MAKASSAR", "Sitti Marwah", ["Rani Lembang"])
    assert [text.split()[0] for text in case["body"]] == ["Sebuah", "Kapal", "Kepala", "Warga"]
    assert case["marks"] == ["captured"]


def test_cases_state_what_a_person_reads_on_the_english_page(english):
    """Without structured data the headline, byline, date and text are found by selectors."""
    workshop, _, _ = english
    _, slug, headline, author, paragraphs = STORIES[2]
    case = _expected(workshop, "strait_courier", slug[:20])
    assert (case["title"], case["authors"], case["body"]) == (headline, [author], paragraphs)
    assert "T" in case["published_at"]
    assert "T00:00" not in case["published_at"]


def _expected(workshop, name, slug):
    (path,) = (workshop.folder / "tests/outlets" / name).glob(f"{slug}*/expected.json")
    return json.loads(path.read_text())


def test_a_site_that_refuses_scripts_is_read_by_its_feed(tmp_path):
    """Where robots.txt forbids the articles but not the feed, the outlet is feed_only, its articles are never asked for."""
    workshop = workshop_in(tmp_path)
    with served() as site:
        fill_with_kabar_selatan(site)
        site.files["/robots.txt"] = b"User-agent: *\nDisallow: /berita/\n"
        said = workshop.run(f"./pantau outlet new tertutup {site.home}/ --delay 0")
    assert said.returncode == 0, said.stderr
    assert "mode=ReadMode.FEED_ONLY" in (workshop.folder / "crawlers/outlets/tertutup.py").read_text()
    assert not [path for path in site.asked if path.startswith("/berita/")]
    done = workshop.run("python -m pytest tests/outlets -k tertutup")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("kontan https://www.kontan.co.id", "There is an outlet named kontan already"),
        ("Kabar-Baru https://example.org", "is no outlet's name"),
        ("kabar_baru example.org", "is not the address of a site"),
        ("kabar_baru {home}/", "forbids scripts"),
        ("kabar_baru {home}/kosong/", "Neither feeds, sitemaps nor links of articles"),
        ("kabar_baru {home}/hilang/", "could not be read (HTTP 404)"),
        ("kabar_baru http://127.0.0.1:9/", "robots.txt could not be read (the host refused the connection)"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words, sentence, tmp_path):
    """No traceback and nothing written: one line that says what is wrong."""
    workshop = workshop_in(tmp_path)
    with served() as site:
        site.files["/robots.txt"] = b"User-agent: *\nDisallow: /$\n"
        site.files["/index.html"] = b"<p>Halo</p>"
        site.files["/kosong/index.html"] = b"<html><body><p>Belum ada berita.</p></body></html>"
        said = workshop.run(f"./pantau outlet new {words.format(home=site.home)} --delay 0")
    assert said.returncode == 2
    assert sentence in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert not (workshop.folder / "crawlers/outlets/kabar_baru.py").exists()
