"""The operator's pages inside Airflow: who may look, and what the pages answer. A real API server with the plugin loaded."""

from __future__ import annotations

import pytest
import stored

from crawlers.outlets import OUTLETS
from processing.model import Series
from processing.store import outlets, readers, runs
from processing.store.series import save_series

pytestmark = pytest.mark.heavy

PATHS = ("/pantau/", "/pantau/road", "/pantau/fates", "/pantau/post")


@pytest.fixture(scope="module")
def api_server(airflow):
    """Give Airflow's own application with the plugins of the checkout, as a desk runs it that asks for a login."""
    from airflow.api_fastapi.app import create_app  # noqa: PLC0415 - its settings stand by now

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "False")
        yield create_app(apps="core")


@pytest.fixture
def visitor(api_server, database_url, monkeypatch):
    """Give a browser without a login, on a desk with an empty store."""
    from fastapi.testclient import TestClient  # noqa: PLC0415

    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    return TestClient(api_server, base_url="http://127.0.0.1:8080", follow_redirects=False)


@pytest.fixture
def operator(visitor):
    """Give the same browser after a login."""
    from airflow.api_fastapi.app import get_auth_manager  # noqa: PLC0415
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser  # noqa: PLC0415

    visitor.cookies.set(
        "_token", get_auth_manager().generate_jwt(SimpleAuthManagerUser(username="admin", role="admin"))
    )
    return visitor


@pytest.mark.parametrize("path", PATHS)
def test_nobody_looks_without_a_login(visitor, path):
    """Airflow does not guard a plugin's application by itself: each page does, and says what to do."""
    answer = visitor.get(path)
    assert answer.status_code == 401
    assert "Log in to Airflow first" in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_shown_with_strict_headers(operator, path):
    """Logged in, each page shows, on an empty store too; it takes no script, and no frame but Airflow's own."""
    answer = operator.get(path)
    assert answer.status_code == 200, answer.text
    assert "script" not in answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<h1>" in answer.text


def test_nothing_can_be_changed(operator):
    """The pages only read: no method but GET is answered, so no other site can make a browser change anything."""
    for path in PATHS:
        assert operator.post(path).status_code == 405


def test_the_menu_leads_to_the_pages(operator):
    """Airflow's menu has the entry."""
    plugins = operator.get("/api/v2/plugins").json()
    assert [view["href"] for one in plugins["plugins"] for view in one["external_views"]] == ["/pantau/"]
    assert plugins["total_entries"] == 1


def test_an_address_is_followed_to_where_its_road_ends(operator, connection):
    """What was never asked for, what is not relevant and what is in a story each get their own answer, text escaped."""
    title = "<script>alert(1)</script> & kapal"
    with connection:
        told = stored.store(connection, "alpha", title, "Isi.", url="https://alpha.test/told")
        story = stored.begun(connection, told)
        stored.store(
            connection, "alpha", "Bola", "Isi.", url="https://alpha.test/ball", judgement=stored.verdict(relevant=False)
        )

    def asked(path: str) -> str:
        return operator.get("/pantau/road", params={"url": f"https://alpha.test/{path}?utm_source=mail"}).text

    assert "It was never asked for" in asked("none")
    assert "It is not relevant: its score is 0.90" in asked("ball")
    assert f"It is in story {story}, which no edition has shown yet" in asked("told")
    assert "&lt;script&gt;alert(1)" in asked("told")
    assert "<script" not in asked("told")


def test_fates_add_up_and_reasons_are_told(operator, connection):
    """A run's fates add up to its requests, one that waits is counted, and what was not kept has its reason."""
    with connection:
        outlets.declare(connection, [stored.outlet("alpha")])
        run = runs.open_run(connection, "alpha", "crawl", stored.NOON)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO fetched (run_id, url, canonical_url, kind, fate, reason) SELECT %s, url, url, 'page', fate, reason"
                " FROM (VALUES ('https://alpha.test/1', 'stored', ''), ('https://alpha.test/2', 'stored', ''),"
                " ('https://alpha.test/3', NULL, ''), ('https://alpha.test/4', 'rejected', 'It is a gallery.')) given (url, fate, reason)",
                (run,),
            )
    page = operator.get("/pantau/fates", params={"outlet": "alpha"}).text
    assert '<td class="number">4</td>' in page
    assert "1 rejected, 2 stored, 1 waiting" in page
    assert "It is a gallery." in page
    assert "No run yet." in operator.get("/pantau/fates", params={"outlet": "beta"}).text
    assert "It was fetched and not kept: rejected (It is a gallery.)." in (
        operator.get("/pantau/road", params={"url": "https://alpha.test/4"}).text
    )


def test_sources_in_trouble_stand_first(operator, connection, monkeypatch):
    """An outlet that was not crawled is named with what is wrong; one that is switched off stands last.

    A desk without a clock tells how it stood at its last run.
    """
    with connection:
        outlets.declare(connection, OUTLETS.values())
        runs.open_run(connection, "kontan", "crawl", stored.NOON)
    page = operator.get("/pantau/").text
    assert page.index("unread") < page.index('class="state off"')
    assert "No crawl of the last 24 hours came in." in page
    monkeypatch.setenv("PANTAU_CLOCK", "off")
    assert "(<time" in operator.get("/pantau/").text
    assert "21 Nov 2026, 12:00 WIB</time>)" in operator.get("/pantau/").text


def test_mail_in_doubt_is_named_without_addresses(operator, connection):
    """Deliveries in doubt stand with their Message-ID and what was seen; no reader's address is on any page."""
    with connection:
        series = save_series(connection, Series(name="desk", title="Meja"))
        readers.add_reader(connection, "budi@contoh.example", "desk", consent_source="test", as_of=stored.NOON)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO edition (series_id, cutoff, content, subject, body_text, body_html, built_by)"
                " VALUES (%s, %s, '{}', 'Kapal <b>', '', '', 'test') RETURNING id",
                (series.id, stored.NOON),
            )
            cursor.execute(
                "INSERT INTO delivery (edition_id, reader_id, message_id, state, error)"
                " SELECT %s, id, '<abc@pantau.test>', 'uncertain', 'The connection broke.' FROM reader",
                (cursor.fetchone()[0],),
            )
    page = operator.get("/pantau/post").text
    assert "&lt;abc@pantau.test&gt;" in page
    assert "The connection broke." in page
    assert "Kapal &lt;b&gt;" in page
    assert "1 uncertain" in page
    assert "1 active" in page
    assert "budi" not in page


def test_a_database_that_is_away_is_one_sentence(operator, monkeypatch):
    """Without the database the page says so; Airflow goes on."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    answer = operator.get("/pantau/fates")
    assert answer.status_code == 503
    assert "database" in answer.text
    assert operator.get("/api/v2/version").status_code == 200
