"""The message as it travels: headers, parts, and what mail programs make of them."""

import email
import re
from dataclasses import replace
from email import policy

import pytest
from digest_samples import (
    COVERAGE,
    CUTOFF,
    EDITIONS,
    HOSTILE_TITLES,
    PREVIOUS,
    SENDER,
    WEB,
    hostile,
    hostile_stories,
    ordinary,
    series,
)
from test_snapshots import READER, TOKEN, lines_of, message

from processing.digest.edition import build
from processing.digest.links import links
from processing.digest.message import compose, envelope_sender
from processing.digest.plain import plain
from processing.digest.render import render


def head(written):
    """Give the headers as they travel, each with its unfolded value."""
    raw = written.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n[ \t]", " ", raw).split("\r\n")
    return dict(line.split(": ", 1) for line in lines), raw


def written_without_web():
    """Write a message where there are no pages on the web."""
    edition = ordinary()
    addresses = links(edition.series, CUTOFF, sender=SENDER, web_url=None, reader=READER)
    return compose(
        render(edition, addresses), links=addresses, sender=SENDER, to="a@b.example", message_id="<x@pantau.example>"
    )


def test_the_headers_are_those_of_a_list():
    """One To, the cut-off as Date, the given Message-ID, and where the list and this edition lie."""
    headers, _ = head(message("normal"))
    assert headers["From"] == "Meja Pantau <digest@pantau.example>"
    assert headers["To"] == "Budi Santoso <pembaca@contoh.example>"
    assert headers["Date"] == "Sat, 21 Nov 2026 23:00:00 +0000"
    assert headers["Message-ID"] == "<6f1f8a51e3f04c0f@pantau.example>"
    assert headers["List-ID"] == "<pertahanan.pantau.example>"
    assert headers["List-Archive"] == "<https://pantau.example/editions/pertahanan>"
    assert headers["Archived-At"] == "<https://pantau.example/editions/pertahanan/2026-11-22-0600>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "id"


@pytest.mark.parametrize("name", EDITIONS)
def test_one_click_unsubscribing_survives_the_wire(name):
    """The addresses are in one line, unencoded, though they are longer than a line of a header should be."""
    _, raw = head(message(name))
    assert (
        f"\r\nList-Unsubscribe: <{WEB}/unsubscribe/{TOKEN}>, <mailto:unsubscribe+{TOKEN}@pantau.example?subject=unsubscribe>\r\n"
    ) in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_without_a_web_address_one_click_is_not_promised():
    """RFC 8058 needs an https address that takes a POST."""
    headers, _ = head(written_without_web())
    assert headers["List-Unsubscribe"] == f"<mailto:unsubscribe+{TOKEN}@pantau.example?subject=unsubscribe>"
    assert not {"List-Unsubscribe-Post", "Archived-At", "List-Archive"} & set(headers)


@pytest.mark.parametrize(
    "subject",
    ["Kapal Coast Guard China Masuk ZEE RI di Natuna, Bakamla Kerahkan…", "é" * 65, "Satu dua — tiga", "Plain"],
)
def test_a_subject_keeps_its_spaces(subject):
    """What is folded and encoded comes back letter for letter, in lines that RFC 2047 allows."""
    edition = ordinary()
    addresses = links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER)
    rendered = replace(render(edition, addresses), subject=subject)
    written = compose(rendered, links=addresses, sender=SENDER, to="a@b.example", message_id="<1@b.example>")
    assert email.message_from_bytes(written.as_bytes(), policy=policy.default)["Subject"] == subject
    assert max(map(len, head(written)[1].split("\r\n"))) < 998
    assert all(len(line) <= 76 for line in head(written)[1].split("\r\n") if "=?utf-8?" in line)


@pytest.mark.parametrize("name", EDITIONS)
def test_the_text_part_comes_first_and_both_read_as_written(name):
    """multipart/alternative, quoted-printable, decoded by another reader to what was rendered."""
    read = email.message_from_bytes(message(name).as_bytes(), policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert [part["Content-Transfer-Encoding"] for part in read.iter_parts()] == ["quoted-printable"] * 2
    assert read["Subject"] == message(name)["Subject"]
    assert not read.defects
    edition = EDITIONS[name]("id")
    own = links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER)
    rendered = render(edition, own)
    text, html = read.iter_parts()
    assert (lines_of(text), lines_of(html)) == (rendered.text, rendered.html)


@pytest.mark.parametrize("name", EDITIONS)
def test_no_line_is_longer_than_smtp_takes(name):
    """998 characters (RFC 5322), 76 in the parts; every line ends in CR LF, and all is ASCII."""
    lines = message(name).as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert max(len(line) for line in lines[lines.index(b"") :]) <= 76
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.isascii() for line in lines)


@pytest.mark.parametrize("place", range(len(HOSTILE_TITLES)))
def test_a_hostile_headline_adds_no_header(place):
    """Standing in the subject, it is one line of text there, and the head has the headers it always has."""
    edition = build(series(), CUTOFF, PREVIOUS, [hostile_stories()[place]], COVERAGE)
    own = links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER)
    written = compose(
        render(edition, own),
        links=own,
        sender=SENDER,
        to="a@b.example",
        message_id="<x@pantau.example>",
        one_click=True,
    )
    headers, _ = head(written)
    read = email.message_from_bytes(written.as_bytes(), policy=policy.default)
    assert set(headers) == set(head(message("normal"))[0])
    assert read["Subject"] == written["Subject"]
    assert read["Subject"].rstrip("…") in plain(HOSTILE_TITLES[place])


@pytest.mark.parametrize("name", ["Budi\r\nBcc: x@y.example", "\u202eBudi", 'Bu"di, <i>', "Нина", "\u2028"])
def test_a_hostile_name_stays_a_name(name):
    """Whatever a reader is called, the message has one recipient."""
    edition = hostile()
    own = links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER)
    written = compose(
        render(edition, own), links=own, sender=SENDER, to="a@b.example", name=name, message_id="<x@pantau.example>"
    )
    read = email.message_from_bytes(written.as_bytes(), policy=policy.default)
    assert [address.addr_spec for address in read["To"].addresses] == ["a@b.example"]
    assert "Bcc" not in read


@pytest.mark.parametrize("name", EDITIONS)
def test_the_same_message_gives_the_same_bytes(name):
    """Nothing in it is drawn or read from a clock."""
    assert message(name).as_bytes() == message(name).as_bytes()


def test_only_the_reader_is_in_the_readers_message():
    """A stored part is the same for all; the token and the signed link alone differ."""
    raw = message("normal").as_bytes().decode().replace("=\r\n", "")
    assert "pantau-any-" not in raw
    assert raw.count(TOKEN) == 4
    assert raw.count(READER.signature) == 2


def test_a_bounce_finds_its_delivery():
    """The envelope sender names the delivery by the left side of its Message-ID."""
    assert envelope_sender("<6f1f8a51@pantau.example>") == "bounce+6f1f8a51@pantau.example"


def test_the_address_of_an_edition_is_of_its_zone():
    """06:00 in Jakarta on the 22nd, though it is the 21st in UTC; another hour has another address."""
    own = links(series(), CUTOFF, sender=SENDER, web_url="https://pantau.example/", reader=READER)
    assert own.edition == "https://pantau.example/editions/pertahanan/2026-11-22-0600"
