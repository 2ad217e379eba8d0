"""The verbs as a person types them: help for each, one outlet from crawl to mail, and mistakes in one sentence."""

import re
import subprocess
import sys

import pytest

from desk.home import CHECKOUT

VERBS = (
    "alerts",
    "crawl",
    "deliver",
    "deliveries",
    "demo",
    "digest",
    "dkim",
    "explain",
    "group",
    "judge",
    "label",
    "mail",
    "outlet",
    "process",
    "read",
    "readers",
    "search",
    "series",
    "status",
    "story",
    "test",
    "topics",
    "up",
    "web",
)
AS_OF = "2026-11-20T22:45:00Z"
DUE = "2026-11-20T23:00:00Z"


@pytest.fixture
def pantau(database_url, mailbox, monkeypatch, tmp_path_factory):
    """Run the command on the test's own database and mailbox; gives exit code, output and errors."""
    home = tmp_path_factory.mktemp("desk")
    monkeypatch.setenv("PANTAU_HOME", str(home))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_SMTP_URL", mailbox.url)

    def run(*words: str) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "desk.cli", *words]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout, done.stderr

    return run


def test_every_verb_is_there_and_in_the_readme(pantau):
    """`pantau --help` lists the verbs, each with what it does, and the README names each."""
    code, out, _ = pantau("--help")
    assert code == 0
    listed = dict(re.findall(r"│ (\w+) +(\S.*?) +│", out))
    assert set(VERBS) <= set(listed)
    readme = (CHECKOUT / "README.md").read_text()
    assert [verb for verb in VERBS if not re.search(rf"`[^`]*\b{verb}\b[^`]*`|pantau {verb}\b", readme)] == []


@pytest.mark.heavy
def test_one_outlet_from_crawl_to_mail(pantau, mailbox, monkeypatch, tmp_path):
    """The verbs one after another do what the DAGs do."""
    subprocess.run([sys.executable, "-m", "crawlers.recorded", "--out", str(tmp_path)], cwd=CHECKOUT, check=True)
    monkeypatch.setenv("PANTAU_REPLAY", str(tmp_path))
    monkeypatch.setenv("PANTAU_OUTLETS", "kontan")
    assert pantau("readers", "add", "pembaca@example.org", "--consent", "a test")[0] == 0
    code, out, _ = pantau("crawl", "kontan", "--as-of", AS_OF)
    assert (code, "kontan: run 1" in out) == (0, True)
    code, out, _ = pantau("process", "--as-of", AS_OF)
    assert re.search(r"\d+ stored", out)
    assert re.search(r"\d+ articles joined to stories", out)
    code, out, _ = pantau("digest", "--preview", "--as-of", DUE)
    assert [line.rsplit("/", 1)[1] for line in out.split()] == ["digest.html", "digest.txt"]
    assert mailbox.messages() == []
    code, out, _ = pantau("digest", "--date", "2026-11-21", "--as-of", DUE)
    assert "1 editions built; nobody was mailed" in out
    assert mailbox.messages() == []
    code, out, _ = pantau("digest", "--date", "2026-11-21", "--mail", "--as-of", DUE)
    assert "1 editions built; deliveries: 1 sent." in out
    assert [len(mail.deliveries) for mail in mailbox.messages()] == [1]
    code, out, _ = pantau("status")
    assert "Kontan" in out
    assert "1 deliveries sent" in out
    code, out, _ = pantau("search", "kapal", "Natuna")
    assert "kontan.co.id" in out
    assert "reader" not in pantau("readers", "remove", "pembaca@example.org")[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("crawl", "kontn"), "did you mean kontan"),
        (("crawl", "kontan"), "PANTAU_CONTACT is not set"),
        (("process", "--as-of", "yesterday"), "--as-of 'yesterday' is not an instant"),
        (("process", "--warc", "no-such-file"), "There is no no-such-file"),
        (("readers", "add", "nobody", "--consent", "x"), "is no mail address"),
        (("digest", "--date", "2026-11-21", "--show", "text"), "No edition of desk was built for 2026-11-21"),
        (("digest", "--series", "laut"), "There is no series 'laut'"),
        (("digest", "--date", "2100-01-01"), "which is still to come"),
        (("digest", "--preview", "--mail"), "Take one of --preview"),
        (("series", "add", "laut", "--title", "Laut", "--topics", "maritim"), "did you mean maritime"),
        (("series", "add", "laut", "--title", "Laut", "--zone", "Jayapura"), "did you mean Asia/Jayapura"),
        (("series", "add", "laut", "--title", "Laut", "--at", "25:00"), "'25:00' is no hour of the day"),
        (("series", "add", "Laut", "--title", "Laut"), "cannot name a series"),
        (("alerts", "add", "nobody@example.org", "--weight", "3"), "nobody@example.org is no reader"),
        (("alerts", "add", "nobody@example.org"), "Say what for"),
        (("series", "change", "desk", "--at", "07:00"), "PANTAU_DIGEST_AT"),
        (("series", "remove", "laut"), "There is no series 'laut'"),
    ],
)
def test_mistakes_get_one_sentence(pantau, words, said):
    """No traceback: what is wrong, on one line, and exit code 2."""
    code, _, err = pantau(*words)
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_wrong_setting_is_named(pantau, monkeypatch):
    """A wrong value stops the command with its variable's name."""
    monkeypatch.setenv("PANTAU_TIMEZONE", "Jakarta")
    code, _, err = pantau("status")
    assert code == 2
    assert "PANTAU_TIMEZONE is 'Jakarta'" in err
