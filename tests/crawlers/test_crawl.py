"""Whole crawls of a newspaper that does everything wrong, by the real spider in its own process."""

from __future__ import annotations

from datetime import timedelta

import pytest
from crawling import Crawl
from newsroom import AS_OF

from processing.model import Fate, FetchKind

pytestmark = pytest.mark.heavy


def test_the_crawl_ends_and_says_so(awkward):
    """A crawl in which much goes wrong still runs to its end, and leaves no open file."""
    assert awkward.first.result.finish_reason == "finished"
    assert awkward.first.warc.exists()
    assert not awkward.first.warc.with_name("run.warc.gz.open").exists()


def test_every_fetch_has_one_row(awkward):
    """No address is entered twice, and only what was read as a page waits for its fate."""
    addresses = [fetch.url for fetch in awkward.first.result.fetches]
    assert len(addresses) == len(set(addresses))
    undecided = {fetch.kind for fetch in awkward.first.result.fetches if fetch.fate is None}
    assert undecided == {FetchKind.PAGE}


def test_no_page_is_asked_for_twice(awkward):
    """The server saw each article once, whatever tracking its links carried; only a 500 was tried again."""
    asked = [path for path in awkward.first_asked if path.startswith("/berita/") and path != "/berita/rusak"]
    assert len(asked) == len(set(asked))
    assert awkward.first_asked.count("/berita/satu") == 1
    assert awkward.first_asked.count("/berita/rusak") == 3


def test_robots_txt_is_asked_first_and_obeyed(awkward):
    """robots.txt comes before all else and has its row; what it forbids is never asked for, and is entered."""
    assert awkward.first_asked[0] == "/robots.txt"
    assert awkward.first.fetch("/robots.txt").fate is Fate.STORED
    assert "/berita/terlarang" not in awkward.first_asked
    assert awkward.first.fetch("/berita/terlarang").fate is Fate.DISALLOWED
    assert awkward.first.fetch("/rahasia").fate is Fate.DISALLOWED


def test_the_user_agent_is_honest(awkward):
    """Every request names us and our contact."""
    assert {headers["User-Agent"] for _, headers in awkward.room.asked} == {"Pantau-test/0.1 (+desk@example.org)"}


@pytest.mark.parametrize(
    ("path", "fate", "reason"),
    [
        ("/berita/hilang", Fate.FAILED, "HTTP 404"),
        ("/berita/rusak", Fate.FAILED, "HTTP 500"),
        ("/berita/keluar", Fate.REJECTED, "localhost"),
        ("/berita/ke-depan", Fate.REJECTED, "not the address of an article"),
        ("/berita/besar", Fate.REJECTED, "larger than the bound"),
        ("/bukan", Fate.QUARANTINED, "lists nothing"),
        ("/pecah", Fate.QUARANTINED, "not a whole feed"),
    ],
)
def test_what_goes_wrong_has_its_fate(awkward, path, fate, reason):
    """Each way of going wrong gives its own fate, and a reason that a person understands."""
    fetch = awkward.first.fetch(path)
    assert (fetch.fate, reason in fetch.reason) == (fate, True), fetch


def test_a_broken_listing_makes_the_run_red_and_the_rest_goes_on(awkward):
    """Each listing that failed is a problem that names outlet, address and cause; what it gave is fetched all the same."""
    problems = awkward.first.result.problems
    assert {path for path in ("/bukan", "/pecah", "/rahasia", "/rss") if any(path in text for text in problems)} == {
        *("/bukan", "/pecah", "/rahasia")
    }
    assert all(text.startswith("Kabar: ") for text in problems)
    assert awkward.first.fetch("/berita/dari-pecah").fate is None


def test_only_articles_that_are_new_are_asked_for(awkward):
    """Known articles, excluded addresses, other links and old sitemap entries are left alone."""
    left_alone = {"/berita/lama-dikenal", "/berita/video-bagus", "/tentang", "/berita/usang"}
    assert not left_alone & set(awkward.first_asked)
    assert {"/berita/peta", "/berita/dari-seksi"} <= set(awkward.first_asked)


def test_an_article_on_three_pages(awkward):
    """The pages of one article share its address, count from 1, and say whether more follows."""
    pages = [fetch for fetch in awkward.first.result.fetches if "berhalaman" in fetch.url]
    assert [(page.part, page.more) for page in pages] == [(1, True), (2, True), (3, False)]
    assert {page.article_url for page in pages} == {f"{awkward.room.home}/berita/berhalaman"}
    assert {page.canonical_url for page in pages} == {f"{awkward.room.home}/berita/berhalaman"}


def test_a_page_that_moved_is_known_by_both_addresses(awkward):
    """A redirect within the outlet is followed: the row keeps the address asked for, and the article its own."""
    fetch = awkward.first.fetch("/berita/pindah")
    assert fetch.article_url == f"{awkward.room.home}/berita/baru"
    assert fetch.canonical_url == f"{awkward.room.home}/berita/pindah"


def test_the_archive_holds_what_was_received(awkward):
    """A row's record lies where it says, bytes and digest as they came, in the page's own encoding."""
    by_id = {response.record.id: response for response in awkward.first.responses}
    for fetch in awkward.first.result.fetches:
        if fetch.record:
            assert by_id[fetch.record.id].record == fetch.record
    windows = by_id[awkward.first.fetch("/berita/windows").record.id]
    assert windows.payload == awkward.room.answers["/berita/windows"].body
    sitemap = by_id[awkward.first.fetch("/peta.xml.gz").record.id]
    assert sitemap.payload == awkward.room.answers["/peta.xml.gz"].body


def test_an_unchanged_listing_is_not_sent_again(awkward):
    """With the validators of the last answer, the feed is unchanged (304), and that is no problem."""
    fetch = awkward.later.fetch("/rss")
    assert (fetch.status, fetch.fate) == (304, Fate.UNCHANGED)
    assert not any("/rss" in problem for problem in awkward.later.result.problems)


def test_a_later_crawl_asks_for_no_known_article(awkward):
    """What the first crawl has is not asked for again."""
    assert not [path for path in awkward.later_asked if path.startswith("/berita/")]


def test_validators_are_kept_back_while_articles_are_owed(awkward):
    """An article that may yet come (a 500) must not hide behind an unchanged listing: no validators are given."""
    assert awkward.first.fetch("/berita/rusak").fate is Fate.FAILED
    assert awkward.first.fetch("/rss").validators.etag is None


def test_a_replay_gives_the_same_crawl(awkward):
    """From the archive alone, with the newspaper gone, each address meets the same fate with the same bytes."""

    def rows(crawl):
        return {(f.url, f.kind, f.status, f.fate, f.part, f.record and f.record.sha256) for f in crawl.result.fetches}

    differing = {url for url, *_ in rows(awkward.first) ^ rows(awkward.replayed)}
    assert differing == {f"{awkward.room.home}/berita/besar"}, "it never was received, so it is not in the archive"


def test_a_replayed_record_keeps_its_date(awkward):
    """A replay's archive says when the page was fetched from the outlet, not when it was replayed."""
    first, replayed = (crawl.fetch("/berita/satu").record for crawl in (awkward.first, awkward.replayed))
    assert replayed.fetched_at == first.fetched_at


def test_an_archive_of_later_is_a_problem_not_a_success(awkward, tmp_path):
    """A replay as of a day before the archive begins finds nothing, and is red."""
    told = {"replay": str(awkward.first.warc), "as_of": AS_OF - timedelta(days=1)}
    replayed = Crawl(tmp_path, awkward.first.outlets, facts=told).run()
    assert {fetch.reason for fetch in replayed.result.fetches} == {"not in the archive"}
    assert len(replayed.result.problems) == 6
