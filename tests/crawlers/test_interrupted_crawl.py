"""Crawls that are stopped or killed, and those that are started wrongly."""

from __future__ import annotations

import signal
import time
from datetime import timedelta

import pytest
from crawling import Crawl, spider_process
from newsroom import AS_OF, Answer, article, declare, feed, newsroom

from crawlers.outlets import OUTLETS
from processing.archive import iter_responses
from processing.model import Bounds, CrawlResult, Fate
from processing.model.codec import from_json

pytestmark = pytest.mark.heavy

SLUGS = [f"panjang-{number}" for number in range(40)]


@pytest.fixture
def slow(tmp_path):
    """Run a newsroom with forty articles, a fifth of a second apart."""
    with newsroom() as room:
        room.answers = {f"/berita/{slug}": article(slug * 50) for slug in SLUGS} | {"/rss": feed(room.home, *SLUGS)}
        declare(tmp_path / "outlets", room.home, ("feed", "/rss"), delay=0.2)
        yield room


def wait_for_pages(room, count):
    """Wait until so many articles were asked for."""
    end = time.monotonic() + 30
    while sum(path.startswith("/berita/") for path in room.paths) < count:
        assert time.monotonic() < end, room.paths
        time.sleep(0.02)


def test_a_stopped_crawl_leaves_archive_and_result(slow, tmp_path):
    """SIGTERM ends a crawl within two more requests: what it has is in archive and result, which say it was cut short."""
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets")
    process = crawl.start()
    wait_for_pages(slow, 4)
    process.send_signal(signal.SIGTERM)
    asked = len(slow.paths)
    process.wait(timeout=20)
    assert len(slow.paths) <= asked + 2
    pages = [fetch for fetch in crawl.result.fetches if fetch.kind == "page"]
    assert crawl.result.finish_reason == "shutdown"
    assert 3 <= len(pages) < len(SLUGS)
    assert {page.record.id for page in pages} <= {response.record.id for response in crawl.responses}
    assert "before its work was done" in crawl.result.problems[0]


def test_a_crawl_stopped_at_its_listing_enters_it(slow, tmp_path):
    """SIGTERM while the feed is awaited still gives a result, with the feed's row."""
    slow.answers["/rss"].wait = 3
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets")
    process = crawl.start()
    end = time.monotonic() + 30
    while "/rss" not in slow.paths and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
    assert crawl.result.finish_reason == "shutdown"
    assert crawl.fetch("/rss").fate is Fate.FAILED


def test_a_killed_crawl_leaves_a_readable_archive(slow, tmp_path):
    """After kill -9 there is no result, and the open archive gives every page that was received."""
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets")
    process = crawl.start()
    wait_for_pages(slow, 4)
    process.kill()
    process.wait(timeout=20)
    assert not (crawl.folder / "result.json").exists()
    pages = [response.url for response in iter_responses(f"{crawl.warc}.open") if "/berita/" in response.url]
    assert len(pages) >= 3


def test_a_crawl_keeps_its_bounds_newest_first(slow, tmp_path):
    """Of forty articles, a bound of three takes the newest three, a delay apart, and keeps the listing's validators back."""
    slow.answers["/rss"] = feed(slow.home, *SLUGS, headers={"ETag": '"1"'})
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets", facts={"bounds": Bounds(pages=3)}).run()
    assert [path for path in slow.paths if path.startswith("/berita/")] == [f"/berita/{slug}" for slug in SLUGS[:3]]
    assert crawl.result.finish_reason == "finished"
    assert crawl.fetch("/rss").validators.etag is None


def test_a_crawl_that_had_all_gives_validators(slow, tmp_path):
    """Where every article came, the feed's validators come back for the next crawl."""
    slow.answers["/rss"] = feed(slow.home, *SLUGS[:2], headers={"ETag": '"1"'})
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets").run()
    assert crawl.fetch("/rss").validators.etag == '"1"'


def test_a_feed_only_outlet_is_read_through_its_feed(slow, tmp_path):
    """Where an outlet is read by its feed, no article is asked for, and the feed's fate is left to processing."""
    declare(tmp_path / "outlets", slow.home, ("feed", "/rss"), mode="feed_only")
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets").run()
    assert slow.paths == ["/robots.txt", "/rss"]
    assert (crawl.fetch("/rss").status, crawl.fetch("/rss").fate) == (200, None)


def test_nothing_but_the_archive_is_asked_in_a_replay(slow, tmp_path):
    """An address that the archive lacks fails and says so, though the newspaper is there to ask."""
    slow.answers["/berita/panjang-0"] = Answer(b"x", 500)
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets", facts={"bounds": Bounds(pages=1)}).run()
    slow.asked.clear()
    told = {"replay": str(crawl.warc), "as_of": AS_OF + timedelta(hours=1), "bounds": Bounds(pages=2)}
    replayed = Crawl(tmp_path / "again", tmp_path / "outlets", facts=told).run()
    assert slow.asked == []
    assert replayed.fetch("panjang-1").reason == "not in the archive"
    assert any("none of 2 articles" in problem for problem in replayed.result.problems)


def test_a_job_for_another_outlet_is_refused(slow, tmp_path):
    """A job of one outlet does not run under another's spider, and leaves no result."""
    crawl = Crawl(tmp_path / "run", tmp_path / "outlets")
    crawl.outlet = "kontan"
    crawl.facts = {"outlet": "kabar"}
    crawl.run()
    assert "is for kabar, not for kontan" in crawl.log
    assert not (crawl.folder / "result.json").exists()


def test_a_bare_crawl_needs_no_job(slow, tmp_path):
    """`scrapy crawl NAME` alone leaves archive and result below PANTAU_HOME."""
    slow.answers["/rss"] = feed(slow.home, *SLUGS[:2])
    spider_process("crawl", "kabar", outlets=tmp_path / "outlets", home=tmp_path)
    (result,) = (tmp_path / "crawls").glob("kabar-*.json")
    assert from_json(CrawlResult, result.read_bytes()).finish_reason == "finished"
    assert len(list((tmp_path / "crawls").glob("kabar-*.warc.gz"))) == 1


def test_the_shell_fetches_and_leaves_nothing(slow, tmp_path):
    """`scrapy shell` on an outlet's page works as ever, and writes no archive."""
    told = spider_process(
        *("shell", "--nolog", "-c", "response.css('h1::text').get()[:9]", f"{slow.home}/berita/panjang-1"),
        outlets=tmp_path / "outlets",
        home=tmp_path,
    )
    assert told.strip() == "panjang-1"
    assert not (tmp_path / "crawls").exists()


def test_scrapy_lists_every_outlet(tmp_path):
    """`scrapy list` names every declared outlet, the operator's own among them."""
    declare(tmp_path / "outlets", "http://127.0.0.1:1", ("feed", "/rss"))
    listed = spider_process("list", outlets=tmp_path / "outlets", home=tmp_path).split()
    assert listed == sorted([*OUTLETS, "kabar"])
