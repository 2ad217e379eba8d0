"""Two hundred hostile headlines, names and links, from the edition over the wire and back: neither a header nor markup."""

import email
import random
import re
from email import policy

import html5lib
import pytest
from digest_samples import COVERAGE, CUTOFF, PREVIOUS, SENDER, WEB, article, series, story, tag
from relay import Relay
from test_delivery import transport_to

from processing.digest.edition import build
from processing.digest.letterhead import Letterhead
from processing.digest.links import links, personal
from processing.digest.message import compose, envelope_sender, for_one_reader
from processing.digest.placeholders import PREFIX
from processing.digest.plain import plain, safe_link
from processing.digest.render import render
from processing.digest.signing import Signer, new_key

ATTACKS = 200
A_GROUP = 20
SEED = 8058

PIECES = (
    "<script>alert(1)</script>", "</title></head>", "<!--", "-->", "]]>", "&lt;b&gt;", "&#x3c;svg/onload=x&#x3e;", "<img src=//x onerror=x>",
    '"><a href=//x>', "' onmouseover='x", "{{7*7}}", "{% raw %}", "</td></tr></table>", "\r\nBcc: korban@x.example\r\n\r\n<b>isi</b>", "\n",
    "\r", "\t", "\x0b", "\x0c", "\x1c", "\u0085", "\u2028", "\u2029", "\x00", "\x1b[31m", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff",
    "\u00ad", "\ud800", "\udfff", "=?utf-8?q?=0ABcc:_korban=40x.example?=", "=?utf-8?b?CkJjYzogeA==?=", "=?", "?=", "=0D=0ABcc: x", "=3Cscript=3E",
    "=\r\n", "\r\n.\r\nMAIL FROM:<x@y.example>\r\n", ".", "From x", "--=boundary", "%0d%0aBcc:x", "javascript:alert(1)", "data:text/html,x",
    f"{PREFIX}reader", f"{PREFIX}signature", "pantau-\u200bany-reader", "مرحبا", "日本語", "e\u0301" * 20, "A" * 2000, "é" * 300, "\\", "`",
    "kapal", "Natuna", "<korban@x.example>", "korban@x.example,", "(komentar)", ";", ":", '"', '\\"',
)  # fmt: skip

LINKS = (
    "javascript:alert(document.cookie)", "JaVaScRiPt:alert(1)", " javascript:x", "data:text/html,<script>x</script>", "vbscript:x", "//x.example/a",
    "/a", "https:///a", "https://", "https://user:secret@x.example/", "https://x.example\\@y.example/", "https://x.example/\r\nBcc: x",
    'https://x.example/"onclick="x', "https://x.example/<script>", "https://x.example/\u202ea", "https://x.example/\u2028", "https://x.example/\x00",
    "https://[::1", "https://x.example:0/", "https://x.example:99999/", "ftp://x.example/", "file:///etc/passwd", "mailto:x@y.example",
    f"https://x.example/{PREFIX}reader", f"https://x.example/?t={PREFIX}signature", f"https://{PREFIX}reader.x.example/",
    "https://x.example/%0d%0aSet-Cookie:x", "https://x.example/?q='><b>", "http://x.example/biasa", "https://x.example/" + "a" * 3000,
)  # fmt: skip

HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "List-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive", "Archived-At",
    "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language",
]  # fmt: skip

TOKEN = "0123456789abcdef01234567"
READER = personal("a key of tests", TOKEN, CUTOFF)


def attacks(group):
    """Make headlines, texts, names and links of pieces put together by chance: the same ones each time."""
    chance = random.Random(SEED + group)

    def text():
        return "".join(chance.choices(PIECES, k=chance.randint(1, 5)))

    return [(text(), text(), text(), chance.choice(LINKS)) for _ in range(A_GROUP)]


def edition_of(title, text, link):
    """Build an edition whose one new story is hostile."""
    told = article("antara", title, f"{text} dan seterusnya. Kalimat kedua {title}.", id_=1, topics=(tag("maritime", text),), url=link)  # fmt: skip
    return build(series(), CUTOFF, PREVIOUS, [story(1, told)], COVERAGE)


def written(edition, name):
    """Write its message to a reader of this name, signed, as it travels."""
    stored = render(edition, links(edition.series, CUTOFF, sender=SENDER, web_url=WEB))
    message = compose(
        for_one_reader(stored, READER),
        links=links(edition.series, CUTOFF, sender=SENDER, web_url=WEB, reader=READER),
        sender=SENDER,
        to="a@b.example",
        name=name,
        message_id="<6f1f8a51e3f04c0f@pantau.example>",
        one_click=True,
    )
    return stored, message.as_bytes()


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(ATTACKS // A_GROUP))
def test_nothing_hostile_reaches_a_header_or_markup(group):
    """Each goes through edition, rendering and message to a real server, and is parsed back by other readers."""
    with Relay() as relay, transport_to(relay.port).session() as session:
        for title, text, name, link in attacks(group):
            edition = edition_of(title, text, link)
            stored, content = written(edition, name)
            assert session.send(envelope_sender("<1@pantau.example>"), "a@b.example", content).fate == "accepted"
            (envelope,) = relay.accepted
            relay.accepted.clear()
            assert envelope.rcpt_tos == ["a@b.example"]
            assert envelope.original_content == content
            headers_are_ours(content, title, name)
            markup_is_ours(content, stored, link)


def headers_are_ours(content, title, name):
    """Hold the head to the headers it always has, in one piece each; subject and name say what they said, as text."""
    head = content.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", content)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    unfolded = re.sub(rb"\r\n[ \t]", b" ", head).decode()
    assert [line.split(": ", 1)[0] for line in unfolded.split("\r\n")] == HEADERS
    read = email.message_from_bytes(content, policy=policy.default)
    assert not read.defects
    (to,) = read["To"].addresses
    assert to.addr_spec == "a@b.example"
    shown = "".join(to.display_name.split()).rstrip("…")  # where a long name is folded, the email package adds spaces
    assert shown in "".join(plain(name).split())
    assert bool(shown) == bool(plain(name).rstrip("…"))
    assert read["Subject"] == plain(read["Subject"])
    assert len(read["Subject"]) <= 65
    assert read["Subject"].rstrip("…") in plain(title) or not plain(title)
    assert read["Message-ID"] == "<6f1f8a51e3f04c0f@pantau.example>"


def markup_is_ours(content, stored, link):
    """Both parts come back as they were rendered; the elements are a digest's, and links lead where the edition says."""
    read = email.message_from_bytes(content, policy=policy.default)
    text, html = (part.get_content().replace("\r\n", "\n") for part in read.iter_parts())
    assert text.count("\n") == stored.text.count("\n")
    assert PREFIX not in text + html
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(html)
    assert parser.errors == []
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"script", "img", "svg", "iframe", "object", "embed", "form", "base", "link"}
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.get("src") is None
        if "href" in element.attrib:
            led_to(element.get("href"), link)
    assert TOKEN not in "".join(re.findall(r"https://[^\s\"]*x\.example[^\s\"]*", html + text))


def led_to(href, link):
    """Hold a link to ours, or to that of the article where it is safe."""
    if href.startswith((f"{WEB}/", "mailto:unsubscribe+", "mailto:digest@pantau.example")):
        return
    assert href.startswith("https://")
    assert safe_link(link) == href


def test_two_hundred_are_tried():
    """All different, and all pieces and links among them."""
    made = [attack for group in range(ATTACKS // A_GROUP) for attack in attacks(group)]
    assert len(made) == len(set(made)) == ATTACKS
    said = "".join(title + text + name for title, text, name, _ in made)
    assert not [piece for piece in PIECES if piece not in said]
    assert {link for *_, link in made} == set(LINKS)


@pytest.mark.parametrize("link", [link for link in LINKS if PREFIX in link])
def test_no_outlet_gets_a_readers_token(link):
    """A placeholder in a stranger's link or headline would be replaced by the token: it is spoilt before."""
    assert safe_link(link) is None
    edition = edition_of(f"{PREFIX}reader", f"{PREFIX}signature dan seterusnya.", link)
    _, content = written(edition, f"{PREFIX}reader")
    read = email.message_from_bytes(content, policy=policy.default)
    assert "pantau any reader" in read["Subject"]
    for part in read.iter_parts():
        assert "x.example" not in part.get_content()
        assert TOKEN not in re.sub(r"https://pantau\.example/\S+|mailto:\S+", "", part.get_content())


def test_what_is_signed_is_what_was_written():
    """A hostile name does not split the head that is signed."""
    _, content = written(edition_of("x", "y", "https://x.example/"), "\r\nFrom: x@y.example\r\n\r\n")
    signed = Signer(domain="pantau.example", selector="p", key=new_key("ed25519")).sign(content, at=CUTOFF)
    assert signed.endswith(content)
    assert Letterhead(sender=SENDER).one_click is False
