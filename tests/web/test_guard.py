"""What stands before every page: strict headers, bounds, forms from elsewhere refused, limits, and a log without tokens."""

import logging

import pytest
from digest_samples import CUTOFF
from starlette.datastructures import Address
from starlette.requests import Request
from visiting import asking, make_site

from processing.store import readers
from processing.store.readers import Choice
from web.guard import LARGEST
from web.limiting import CLIENTS, FAILED_TOKENS, LETTERS, ONE_CLICKS, SEARCHES, Limits, TooMany

PATHS = (
    "/", "/editions/pertahanan", "/editions/pertahanan/2026-11-22-0600", "/stories/1", "/search?q=natuna", "/feeds",
    "/feeds/maritime.atom", "/feeds/maritime.json", "/privacy", "/robots.txt", "/health", "/reader/x", "/unsubscribe/x",
    "/confirm/x", "/subscribe", "/link", "/goodbye", "/static/nothing.css", "/nothing", "/search?page=x",
)  # fmt: skip


@pytest.fixture
def broken(site, monkeypatch):
    """Give a visitor of a site one of whose pages has a fault."""
    from web import housekeeping  # noqa: PLC0415

    def fault(*_):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(housekeeping, "kept", fault)
    return asking(site)


def strict(answer):
    """Check the headers that every answer carries."""
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert answer.headers["cache-control"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_strict(reading, path):
    """Whatever was asked for, and whether it is there."""
    strict(reading.get(path))


def test_a_fault_of_ours_is_a_strict_page_too(broken):
    """500, a page that says so, and no trace of the fault in it."""
    answer = broken.get("/robots.txt")
    assert answer.status_code == 500
    strict(answer)
    assert "ZeroDivision" not in answer.text


def test_there_is_no_hsts_where_there_is_no_https(filled_url):
    """A trial on this machine must not lock its browser out of http."""
    client = asking(make_site(filled_url, web_url=None), base_url="http://127.0.0.1:8081")
    assert "strict-transport-security" not in client.get("/").headers


def test_personal_pages_are_kept_by_nobody(reading):
    """No cache keeps what a token opens."""
    for path in ("/reader/x", "/unsubscribe/x", "/confirm/x", "/link", "/subscribe", "/goodbye"):
        assert reading.get(path).headers["cache-control"] == "no-store"


def test_our_files_are_kept_for_good(reading):
    """Their name changes with them; another name is not there."""
    html = reading.get("/").text
    path = html.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = reading.get(path)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    assert reading.get("/static/style.000000000000.css").status_code == 404
    assert reading.get("/static/..%2flabels.id.toml").status_code == 404


def test_robots_have_no_business_on_personal_pages(reading):
    """And none on searches."""
    told = reading.get("/robots.txt").text
    assert all(f"Disallow: {path}" in told for path in ("/search", "/reader/", "/unsubscribe/", "/confirm/"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://jahat.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://lain.pantau.example"},
        {"Origin": "https://jahat.example"},
        {"Origin": "http://pantau.example"},
    ],
)
def test_forms_from_elsewhere_are_refused(client, filled, headers):
    """A browser says where a form comes from; another site's is not taken."""
    answer = client.post("/link", data={"address": "budi@example.org"}, headers=headers)
    assert answer.status_code == 403
    strict(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://pantau.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_our_own_forms_are_taken(client, headers):
    """Also from a browser that, under our policy, gives no origin."""
    assert client.post("/link", data={"address": "budi@example.org"}, headers=headers).status_code == 303


def test_bodies_are_bounded(client):
    """By what they say they are, and by what they are."""

    async def endless():
        for _ in range(LARGEST // 1000 + 2):
            yield b"a" * 1000

    assert client.post("/link", data={"address": "a" * LARGEST}).status_code == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/link", content=endless(), headers=form)
    assert answer.status_code == 413
    strict(answer)
    assert client.post("/link", content=b"x", headers=form | {"Content-Length": "-1"}).status_code == 413


@pytest.mark.parametrize(
    "path", ["/editions/a%00b", "/editions/a%00/2026-11-22-0600", "/unsubscribe/%00", "/reader/%00"]
)
def test_no_address_holds_a_nul(reading, path):
    """It reaches no query."""
    assert reading.get(path).status_code == 400


def test_searches_are_limited_for_each_client(filled_url):
    """One client's flood is not another's."""
    site = make_site(filled_url)
    client = asking(site)
    answers = [client.get("/search?q=yang") for _ in range(SEARCHES.amount + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    strict(answers[-1])
    client.client = ("203.0.113.8", 1)
    assert client.get("/search?q=yang").status_code == 200


def test_letters_and_tokens_are_limited(client):
    """Whoever types addresses, or tries links, is stopped; the pages stay."""
    answers = [
        client.post("/link", data={"address": f"a{n}@example.org"}).status_code for n in range(LETTERS.amount + 1)
    ]
    assert answers == [303] * LETTERS.amount + [429]
    tried = [client.get(f"/reader/x{n}").status_code for n in range(FAILED_TOKENS.amount + 1)]
    assert tried == [410] * FAILED_TOKENS.amount + [429]
    assert client.get("/").status_code == 200


def asked_from(address):
    """Give a request from an address."""
    return Request({"type": "http", "client": Address(address, 1), "headers": []})


def test_a_mailbox_provider_may_unsubscribe_many_at_once():
    """Six hundred a minute from one address."""
    limits = Limits()
    for _ in range(ONE_CLICKS.amount):
        limits.count(asked_from("203.0.113.7"), ONE_CLICKS)
    with pytest.raises(TooMany):
        limits.count(asked_from("203.0.113.7"), ONE_CLICKS)


def test_a_network_of_ipv6_is_one_client():
    """Whoever has 2^64 addresses has one allowance; an address inside IPv4's is that of IPv4."""
    limits = Limits()
    assert limits.client(asked_from("2001:db8::1")) == limits.client(asked_from("2001:db8::ffff:2"))
    assert limits.client(asked_from("2001:db8::1")) != limits.client(asked_from("2001:db8:0:1::1"))
    assert limits.client(asked_from("::ffff:203.0.113.7")) == limits.client(asked_from("203.0.113.7"))


def test_counting_takes_bounded_memory():
    """However many clients there are, there are no more counters than buckets."""
    limits = Limits()
    buckets = {limits.client(asked_from(f"2001:db8:{n:x}::1")) for n in range(2000)}
    assert all(0 <= int(bucket) < CLIENTS for bucket in buckets)
    for n in range(2000):
        limits.count(asked_from(f"2001:db8:{n:x}::1"), SEARCHES)
    assert limits.counters == len(buckets)


def test_the_log_names_no_token_word_or_address(client, filled, caplog):
    """The pattern of a page, its status and its time; nothing of who asked for what."""
    with filled:
        reader = readers.add(filled, "budi@example.org", Choice(), consent_source="test", as_of=CUTOFF)
    caplog.set_level(logging.DEBUG)
    client.get("/search?q=rahasia")
    client.get("/reader/rahasia?lang=en")
    client.post(f"/unsubscribe/{reader.token}")
    client.post("/link", data={"address": "budi@example.org"})
    client.get("/rahasia")
    lines = [record.getMessage() for record in caplog.records if record.name == "pantau.web"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "GET /search 200",
        "GET /reader/{signed} 410",
        "POST /unsubscribe/{token} 200",
        "POST /link 303",
        "GET (no page) 404",
    ]
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    for secret in ("rahasia", reader.token, "budi@", "203.0.113"):
        assert secret not in ours


def test_the_pages_read_without_the_right_to_write(site):
    """A public page's transaction is read-only, whatever its code does."""
    import psycopg2  # noqa: PLC0415

    with site.reading() as connection, connection.cursor() as cursor:
        with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            cursor.execute("DELETE FROM reader")
        connection.rollback()


def test_a_statement_that_takes_too_long_is_given_up(site, monkeypatch):
    """The visitor is asked to come back; the database goes on."""
    from processing.store import page  # noqa: PLC0415

    monkeypatch.setattr(page, "LONGEST", "50ms")
    with pytest.raises(page.Unavailable), site.reading() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def test_without_a_database_a_page_says_so(filled_url):
    """503 everywhere but for what needs none, with the time to come back."""
    site = make_site("postgresql://postgres@127.0.0.1:1/nowhere")
    client = asking(site)
    for path in ("/", "/editions/pertahanan", "/stories/1", "/search?q=natuna", "/feeds/maritime.atom", "/reader/x"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["retry-after"] == "30"
        strict(answer)
    assert client.post("/unsubscribe/x").status_code == 503, "a provider tries again"
    assert client.get("/health").status_code == 503
    assert client.get("/privacy").status_code == 200
    assert asking(make_site(filled_url)).get("/health").text == "ok\n"
