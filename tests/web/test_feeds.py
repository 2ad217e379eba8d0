"""Feeds: a topic's newest stories as Atom and JSON Feed, the same ids for good, and 304 while nothing has changed."""

import feedparser
import pytest
from digest_samples import CUTOFF, article, hostile_stories, story, tag
from filled import WEB, keep
from visiting import asking

from processing.store import story_changes

ATOM = "/feeds/maritime.atom"
JSON = "/feeds/maritime.json"


def test_atom_tells_the_newest_stories(reading, ids):
    """Each with its page, when it was first and last told, its outlets, and two sentences with their link."""
    answer = reading.get(ATOM)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.id for entry in feed.entries] == [f"{WEB}/stories/{ids[101]}", f"{WEB}/stories/{ids[107]}"]
    first = feed.entries[0]
    assert first.link == first.id
    assert "Kementerian Luar Negeri memanggil" in first.summary
    assert "https://www.kompas.com/" in first.summary
    assert "Bobot 4/5" in first.summary
    assert first.published < first.updated
    assert feed.feed.updated == first.updated
    assert {author.name for author in first.authors} >= {"Antara", "Kompas", "Kontan"}


def test_json_feed_tells_the_same(reading):
    """Version 1.1, with what it demands of each item."""
    answer = reading.get(JSON)
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    told = answer.json()
    atom = feedparser.parse(reading.get(ATOM).content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{WEB}{JSON}"
    assert [item["id"] for item in told["items"]] == [entry.id for entry in atom.entries]
    assert [item["title"] for item in told["items"]] == [entry.title for entry in atom.entries]
    assert told["items"][0]["language"] == "id"


@pytest.mark.parametrize("path", [ATOM, JSON])
def test_what_has_not_changed_is_not_sent_again(filled, site, path):
    """By ETag, until a story of the topic has a new article."""
    client = asking(site)
    first = client.get(path)
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "last-modified" in again.headers
    with filled:
        keep(
            filled,
            story(
                950, article("detik", "Kapal lain di Natuna", "Isi.", id_=9500, hours=0.1, topics=(tag("maritime"),))
            ),
        )
    later = client.get(path, headers=known)
    assert later.status_code == 200
    assert later.headers["last-modified"] > first.headers["last-modified"]


def test_a_reader_that_knows_only_dates_is_spared_too(reading):
    """If-Modified-Since, where there is no If-None-Match (RFC 9110)."""
    first = reading.get(ATOM)
    known = {"If-Modified-Since": first.headers["last-modified"]}
    assert reading.get(ATOM, headers=known).status_code == 304
    assert reading.get(ATOM, headers=known | {"If-None-Match": '"other"'}).status_code == 200
    assert reading.get(ATOM, headers={"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status_code == 200
    assert reading.get(ATOM, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_merge_changes_the_feed(filled, site, ids):
    """The story that is no more is told no more."""
    client = asking(site)
    first = client.get(ATOM)
    with filled:
        story_changes.merge(filled, [ids[101], ids[107]], at=CUTOFF, reason="test")
    later = client.get(ATOM, headers={"If-None-Match": first.headers["etag"]})
    assert len(feedparser.parse(later.content).entries) == 1


def test_hostile_stories_make_a_sound_feed(filled, site):
    """Strangers' markup is text in the markup of a summary."""
    told = [one for one in hostile_stories() if one.id != 101]
    with filled:
        for one in told:
            keep(filled, one)
    feed = feedparser.parse(asking(site).get(ATOM).content, sanitize_html=False)
    assert not feed.bozo
    assert len(asking(site).get(JSON).json()["items"]) == len(feed.entries)
    assert not any("<img" in entry.summary or "<script" in entry.summary for entry in feed.entries)


def test_a_topic_without_stories_has_an_empty_feed(reading):
    """It is a feed all the same; a topic that there is not is a page that is not there."""
    feed = feedparser.parse(reading.get("/feeds/peacekeeping.atom").content)
    assert (feed.bozo, feed.entries) == (False, [])
    assert reading.get("/feeds/gossip.atom").status_code == 404


def test_the_language_is_the_feeds_own(reading):
    """Labels and addresses in the language that is asked for."""
    told = reading.get(f"{JSON}?lang=en").json()
    assert told["language"] == "en"
    assert told["title"].startswith("Maritime security")
    assert told["items"][0]["url"].endswith("?lang=en")
    assert not told["items"][0]["id"].endswith("?lang=en")
