"""The nouns as JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from crawlers.outlets import OUTLETS
from processing.errors import PantauError
from processing.model import Bounds, CrawlResult, Fate, Fetch, FetchKind, Job, Outlet, Record, Validators
from processing.model.codec import from_json, to_json

AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)


def test_a_job_comes_back_as_it_was():
    """Sets, nested nouns and instants survive."""
    job = Job(
        outlet="kontan",
        as_of=AS_OF,
        warc="a.warc.gz",
        result="a.json",
        user_agent="Pantau",
        known=frozenset({"https://x.org/a", "https://x.org/b"}),
        validators={"https://x.org/rss": Validators(etag='"1"')},
        bounds=Bounds(pages=3),
    )
    assert from_json(Job, to_json(job)) == job


def test_a_result_comes_back_as_it_was():
    """Fates, records and open fates survive, on one line."""
    record = Record(id="urn:uuid:1", offset=7, length=9, sha256="ab", fetched_at=AS_OF)
    fetches = (
        Fetch(url="u", kind=FetchKind.PAGE, canonical_url="c", record=record),
        Fetch(url="v", kind=FetchKind.FEED, canonical_url="d", fate=Fate.FAILED, reason="HTTP 500"),
    )
    result = CrawlResult(outlet="kontan", as_of=AS_OF, warc="w", finish_reason="finished", fetches=fetches)
    assert from_json(CrawlResult, to_json(result)) == result
    assert "\n" not in to_json(result)


@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=lambda outlet: outlet.name)
def test_every_declaration_comes_back_as_it_was(outlet):
    """Declarations with their rules, dates and enumerations survive."""
    assert from_json(Outlet, to_json(outlet)) == outlet


def test_containers_of_nouns():
    """A list of nouns is written and read too."""
    assert json.loads(to_json([Bounds(pages=1)])) == [{"pages": 1, "bytes_each": 8_000_000, "seconds": 600}]
    assert from_json(tuple[Bounds, ...], '[{"pages": 1}]') == (Bounds(pages=1),)


@pytest.mark.parametrize(
    ("text", "named"), [("{}", "outlet"), ("{", "JSON"), ('{"outlet": 1}', "outlet"), ("[]", "Job")]
)
def test_what_does_not_fit_is_named(text, named):
    """JSON of another shape is refused in one sentence that says where."""
    with pytest.raises(PantauError, match=named):
        from_json(Job, text)


def test_dates_and_instants_keep_their_zone():
    """An instant comes back aware, a day as a day."""
    outlet = OUTLETS["kontan"]
    assert from_json(Outlet, to_json(outlet)).evidence.checked == date(2026, 10, 5)
