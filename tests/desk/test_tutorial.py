"""docs/adding-an-outlet.md, command by command: what it says works in a fresh checkout, against its own site."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import time

import pytest
from small_sites import TUTORIAL, TUTORIAL_HOME
from workshop import workshop_in

from desk.home import CHECKOUT

pytestmark = pytest.mark.heavy

PAGE = CHECKOUT / "docs" / "adding-an-outlet.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
(SERVER,) = (block for block in BLOCKS if "http.server" in block)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Run the page's commands in order, its server beside them; gives the workshop and what each block said."""
    workshop = workshop_in(tmp_path_factory.mktemp("tutorial"))
    port = str(_free_port())
    _copy_site(workshop.folder / "docs" / "tutorial-site", port)
    server = shlex.split(SERVER.replace("8765", port).strip())
    with subprocess.Popen(server, cwd=workshop.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
        _wait_for(int(port))
        settings: list[str] = []
        said = {}
        for block in (one.replace("8765", port) for one in BLOCKS if one != SERVER):
            settings += [line for line in block.splitlines() if line.startswith("export ")]
            said[block.replace(port, "8765")] = workshop.run("\n".join(["set -e", *settings, block]))
        serving.terminate()
    return workshop, said


def test_every_command_works(told):
    """Each block of the page ends well."""
    _, said = told
    assert {block: done.stderr for block, done in said.items() if done.returncode} == {}
    assert len(said) == len(BLOCKS) - 1


def test_the_page_shows_what_happens(told):
    """The declaration is made, no rule falls short on frozen or live pages, its tests run, and the spider is listed and crawls."""
    workshop, said = told

    def output(words: str) -> str:
        (found,) = (done.stdout for block, done in said.items() if words in block)
        return found

    assert 'title="Kabar Selatan"' in output("cat crawlers/outlets/kabar_selatan.py")
    assert "no rule falls short on 6 pages" in output("--live")
    assert "passed" in output("tests/outlets -k")
    assert output("scrapy list").strip() == "kabar_selatan"
    assert list((workshop.home / "crawls").glob("kabar_selatan-*.warc.gz"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _copy_site(target, port: str) -> None:
    """Copy the page's site, its addresses turned to the port that is free."""
    for path in TUTORIAL.rglob("*.*"):
        copy = target / path.relative_to(TUTORIAL)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text("utf-8").replace(TUTORIAL_HOME, f"http://127.0.0.1:{port}"), "utf-8")


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the tutorial's server did not start")
