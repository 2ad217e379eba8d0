"""Conditional requests, as client and as the server that a replay plays."""

from __future__ import annotations

import pytest
from scrapy.http import Headers, Response

from crawlers.conditional import conditions, still_valid, validators_of
from processing.model import Validators

OLD, NEW = "Fri, 20 Nov 2026 10:00:00 GMT", "Fri, 20 Nov 2026 11:00:00 GMT"


def test_what_one_answer_gives_the_next_request_sends():
    """The validators of an answer come back as the conditions of the next request."""
    response = Response("https://x.org/", headers={"ETag": 'W/"1"', "Last-Modified": OLD})
    assert conditions(validators_of(response)) == {"If-None-Match": 'W/"1"', "If-Modified-Since": OLD}


def test_an_answer_without_validators_gives_none():
    """Nothing known, nothing sent."""
    assert conditions(validators_of(Response("https://x.org/"))) == {}


@pytest.mark.parametrize(
    ("sent", "stored", "valid"),
    [
        ({"If-None-Match": '"1"'}, Validators(etag='"1"'), True),
        ({"If-None-Match": '"0", W/"1"'}, Validators(etag='"1"'), True),
        ({"If-None-Match": '"1"'}, Validators(etag='"2"'), False),
        ({"If-None-Match": '"1"', "If-Modified-Since": NEW}, Validators(etag='"2"', last_modified=OLD), False),
        ({"If-Modified-Since": OLD}, Validators(last_modified=OLD), True),
        ({"If-Modified-Since": OLD}, Validators(last_modified=NEW), False),
        ({"If-Modified-Since": OLD}, Validators(), False),
        ({}, Validators(etag='"1"', last_modified=OLD), False),
    ],
)
def test_a_replay_answers_as_a_server_would(sent, stored, valid):
    """An entity tag speaks before a date; without conditions there is nothing to be unchanged from."""
    assert still_valid(Headers(sent), stored) is valid
