"""Each sample edition's parts and headers, as files that one can open; RENEW_SNAPSHOTS=1 writes them anew."""

import os
from pathlib import Path

import pytest
from digest_samples import CUTOFF, EDITIONS, SENDER, WEB

from processing.digest.links import links, personal
from processing.digest.message import compose, for_one_reader
from processing.digest.render import render

SNAPSHOTS = Path(__file__).parent / "snapshots"
TOKEN = "0123456789abcdef01234567"
READER = personal("a key of tests", TOKEN, CUTOFF)


def message(name, language="id"):
    """Write a sample edition to one reader."""
    edition = EDITIONS[name](language)
    stored = render(edition, links(edition.series, CUTOFF, sender=SENDER, web_url=WEB))
    return compose(
        for_one_reader(stored, READER),
        links=links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER),
        sender=SENDER,
        to="pembaca@contoh.example",
        name="Budi Santoso",
        message_id="<6f1f8a51e3f04c0f@pantau.example>",
        one_click=True,
    )


def parts(written):
    """Give the files of a message: its headers as they travel, and its two parts decoded."""
    head = written.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n", "\n") + "\n"
    text, html = written.iter_parts()
    return {".headers.txt": head, ".txt": lines_of(text), ".html": lines_of(html)}


def lines_of(part):
    """Give the text of a part with the line ends of a file."""
    return part.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("normal", "id"),
        ("normal", "en"),
        ("corrected", "id"),
        ("busy", "en"),
        ("quiet", "id"),
        ("broken", "en"),
        ("hostile", "id"),
        ("huge", "id"),
    ],
)
def test_the_message_is_as_it_was(name, language):
    """What changed in a mail is seen in a diff before a reader sees it."""
    for suffix, part in parts(message(name, language)).items():
        path = SNAPSHOTS / f"{name}.{language}{suffix}"
        if os.environ.get("RENEW_SNAPSHOTS"):
            path.write_text(part, encoding="utf-8", newline="")
        assert part == path.read_text(encoding="utf-8", errors="strict"), (
            f"{path.name} differs; look, then RENEW_SNAPSHOTS=1"
        )
