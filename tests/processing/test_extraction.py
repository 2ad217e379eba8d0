"""Reading pages: fields in their order of trust, rules and their versions, pages joined, what is refused.

The pages are written here, in the structures of real outlets.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from processing.errors import PantauError, Quarantined, Rejected
from processing.extraction import READER, as_line, read_pages
from processing.model import Evidence, Outlet, Ownership, Page, PageRules

AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
URL = "https://www.contoh.co.id/news/kapal-selam-baru"

ONE = "Kapal selam baru itu tiba di pangkalan Surabaya setelah berlayar dua pekan dari galangan, kata kepala staf."
TWO = "Menurut dia, dua kapal sejenis akan menyusul pada tahun depan, sesuai kontrak yang diteken tiga tahun lalu."
THREE = "Parlemen meminta pemerintah menjelaskan biaya perawatan kapal tersebut dalam rapat yang digelar pekan ini."
FOUR = "Negara tetangga menyambut rencana itu dengan hati-hati, dan meminta agar latihan bersama tetap dilanjutkan."

LAYOUT = PageRules(
    title=("h1.judul",),
    date=("div.tanggal",),
    byline=("div.penulis",),
    editor=("div.penyunting",),
    section=("div.kanal a",),
    tags=("div.topik a",),
    body=("div.isi",),
    remove=(".iklan",),
    drop=(r"^Ringkasan ini dibuat",),
    cut_from=(r"^Cek Berita",),
)
OUTLET = Outlet(
    name="contoh",
    title="Contoh",
    country="ID",
    languages=("id",),
    group="Contoh",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.contoh.co.id",),
    listings=(),
    article=r"https?://www\.contoh\.co\.id/news/.+",
    evidence=Evidence(verified=False, checked=date(2026, 11, 1)),
    rules=(LAYOUT,),
    dateline=r"^\s*CONTOH\.CO\.ID\s*-\s*(?:(?P<place>[A-Z ]+)\.\s+)?",
)


def page(body="", head="", url=URL, **options):
    """Make a page of HTML."""
    text = f"<!DOCTYPE html><html lang='id'><head><title>Kapal Selam Baru Tiba - Contoh</title>{head}</head><body>{body}</body></html>"
    return Page(url=url, content=text.encode(options.pop("charset", "utf-8")), **options)


def paragraphs(*texts):
    """Wrap texts in `p`."""
    return "".join(f"<p>{text}</p>" for text in texts)


RULED = (
    "<div class='kanal'><a href='/x'>Nasional</a></div><h1 class='judul'>Kapal Selam Baru Tiba</h1>"
    "<div class='tanggal'>Jum'at, 20 November 2026 | 21.05 WIB</div><div class='penulis'>Siti Aminah</div>"
    "<div class='penyunting'>Editor: Budi Santoso</div><div class='isi'>"
    f"<p>CONTOH.CO.ID - SURABAYA. {ONE}</p><div class='iklan'><p>{FOUR} Beli sekarang di toko kami.</p></div>"
    "<p><a href='/lain'>Baca Juga: Kapal lain yang juga tiba</a></p>"
    f"<p>{TWO}</p><p>Ringkasan ini dibuat mesin.</p><figure><figcaption>Kapal selam di dermaga, kemarin.</figcaption></figure>"
    f"<p>{THREE}</p><h2>Cek Berita dan Artikel yang lain</h2><p>Bukan isi artikel ini, melainkan tautan lain.</p></div>"
    "<div class='topik'><a href='/t/1'>kapal selam</a><a href='/t/2'>TNI AL</a></div>"
)


def test_an_outlets_rules_read_every_field():
    """Where structured data is silent, each selector fills its field, and `read_by` says so."""
    article = read_pages([page(RULED)], OUTLET, as_of=AS_OF)
    assert article.title == "Kapal Selam Baru Tiba"
    assert article.paragraphs == (ONE, TWO, THREE)
    assert article.published_at.isoformat() == "2026-11-20T21:05:00+07:00"
    assert (article.authors, article.editor, article.dateline) == (("Siti Aminah",), "Budi Santoso", "SURABAYA")
    assert (article.section, article.tags, article.language) == ("Nasional", ("kapal selam", "TNI AL"), "id")
    assert {
        name: article.read_by[name] for name in ("body", "published_at", "authors", "editor", "section")
    } == dict.fromkeys(("body", "published_at", "authors", "editor", "section"), "rules")


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebPage", "@id": "#page", "name": "Beranda"},
  {"@type": ["NewsArticle"], "headline": "Kapal Selam Baru Tiba", "datePublished": "2026-11-20T14:05:00+00:00",
   "dateModified": "2026-11-20T15:00:00Z", "author": [{"@id": "#siti"}], "articleSection": "Pertahanan",
   "image": {"@type": "ImageObject", "url": "/gambar/kapal.jpg"}, "keywords": "kapal, laut", "publisher": {"name": "Contoh"}},
  {"@type": "Person", "@id": "#siti", "name": "Siti Aminah"}]}</script>"""


def test_structured_data_comes_first():
    """Graphs, references and lists are followed; an outlet's dates come in its own zone."""
    article = read_pages([page(RULED, JSON_LD)], OUTLET, as_of=AS_OF)
    assert article.published_at.isoformat() == "2026-11-20T21:05:00+07:00"
    assert article.modified_at.isoformat() == "2026-11-20T22:00:00+07:00"
    assert (article.authors, article.section, article.tags) == (("Siti Aminah",), "Pertahanan", ("kapal", "laut"))
    assert article.image == "https://www.contoh.co.id/gambar/kapal.jpg"
    assert article.read_by["published_at"] == article.read_by["authors"] == "json_ld"


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Kapal Selam Baru Tiba", "datePublished": "2026-11-20"} -->',
        '{"@type": "NewsArticle", "headline": "Kapal Selam Baru Tiba", "datePublished": "2026-11-20",}',
        '{"@type": "NewsArticle", "headline": "Kapal Selam\nBaru Tiba", "datePublished": "2026-11-20"}',
        '{"@type": "NewsArticle", "headline": "Kapal Selam Baru Tiba", "datePublished": "2026-11-20", "x": "a"b"}',
        '[[{"@type": "NewsArticle", "headline": "Kapal Selam Baru Tiba", "datePublished": "2026-11-20"}]]',
    ],
)
def test_broken_json_ld_still_tells(script):
    """Comments, commas too many, line breaks and unescaped quotes are how sites write it."""
    head = f'<script type="application/ld+json">{script}</script>'
    article = read_pages(
        [page(f"<h1>Kapal Selam Baru Tiba</h1><article>{paragraphs(ONE, TWO)}</article>", head)], None, as_of=AS_OF
    )
    assert article.title == "Kapal Selam Baru Tiba"
    assert article.published_at.date() == date(2026, 11, 20)
    assert article.read_by["published_at"] == "json_ld"


def test_the_outlets_own_name_is_no_author():
    """Sites sign their JSON-LD with themselves; the byline knows better."""
    head = JSON_LD.replace('[{"@id": "#siti"}]', '{"@type": "Organization", "name": "Contoh"}')
    article = read_pages([page(RULED, head)], OUTLET, as_of=AS_OF)
    assert (article.authors, article.read_by["authors"]) == (("Siti Aminah",), "rules")


def test_naive_meta_times_are_the_outlets_own():
    """Kontan's `content_PublishedDate` carries no zone: it is WIB."""
    head = "<meta name='content_PublishedDate' content='2026-03-26 12:14:10'>"
    article = read_pages([page(RULED, head)], OUTLET, as_of=AS_OF)
    assert article.published_at.isoformat() == "2026-03-26T12:14:10+07:00"


def test_a_date_in_the_text_is_never_the_publication_date():
    """A day in the story (`Rabu (30/8/2023)`) is the event's."""
    body = f"<h1>Kapal Selam Baru Tiba</h1><article>{paragraphs('Hal itu terjadi pada Rabu (30/8/2023). ' + ONE, TWO)}</article>"
    assert read_pages([page(body)], OUTLET, as_of=AS_OF).published_at is None


def test_a_date_after_the_fetch_is_not_believed():
    """A page cannot have been published days after it was fetched."""
    head = "<meta property='article:published_time' content='2027-05-01T10:00:00+07:00'>"
    assert read_pages([page(RULED, head)], OUTLET, as_of=AS_OF).read_by["published_at"] == "rules"


GENERIC = (
    "<nav><ul><li><a href='/'>Beranda</a></li></ul></nav><header><h1>Kapal Selam Baru Tiba</h1>"
    "<span class='byline'>Oleh Siti Aminah</span> <span>Jumat, 20 November 2026 21:05 WIB</span></header>"
    "<div class='page'><div class='main-text'>"
    f"<p>JAKARTA, CONTOH.com - {ONE}</p><p class='caption'>Foto: kapal selam di dermaga, diambil pekan lalu oleh kami.</p><p>{TWO}</p>"
    f"<p><b>Baca juga: <a href='/a'>Kapal lain yang tiba</a></b></p><h3>Biaya</h3><p>{THREE}</p><p>{FOUR}</p><p>(abc/def)</p></div>"
    "<aside><p>Langganan buletin kami untuk membaca berita setiap pagi di kotak surat Anda, gratis.</p></aside>"
    f"<div class='related-news'><p>{ONE[::-1]}</p><p>{TWO[::-1]}</p></div></div>"
    "<div id='comments'>" + "<p>Saya setuju dengan tulisan ini, semoga kapal itu awet dan berguna.</p>" * 40 + "</div>"
    "<footer><p>Hak cipta dilindungi undang-undang, dilarang menyalin tanpa izin tertulis dari redaksi kami.</p></footer>"
)


def test_a_page_without_rules_is_read_by_its_prose():
    """Menus, captions, teasers, comments and the footer stay out; byline, date and place become fields."""
    article = read_pages([page(GENERIC)], None, as_of=AS_OF)
    assert article.paragraphs == (f"JAKARTA, CONTOH.com - {ONE}", TWO, "Biaya", THREE, FOUR)
    assert (article.title, article.authors, article.dateline) == ("Kapal Selam Baru Tiba", ("Siti Aminah",), "JAKARTA")
    assert article.published_at.isoformat() == "2026-11-20T21:05:00+07:00"
    assert article.read_by["body"] == article.read_by["authors"] == article.read_by["published_at"] == "generic"


def test_text_between_line_breaks_is_paragraphs():
    """Older pages part their paragraphs with two `br`; a single one is a space."""
    body = f"<h1>Kapal Selam Baru Tiba</h1><div id='text'>{ONE}<br><br>{TWO}<br>{THREE}<br/>\n<br/>{FOUR}</div>"
    assert read_pages([page(body)], None, as_of=AS_OF).paragraphs == (ONE, f"{TWO} {THREE}", FOUR)


def test_comments_part_no_paragraph():
    """React puts comments between the pieces of a sentence: it stays one paragraph."""
    parted = ONE.replace(" tiba", " <a href='/x'>tiba</a><!-- -->").replace(", kata", "<!-- -->, kata")
    assert read_pages([page(paragraphs(parted, TWO, THREE))], None, as_of=AS_OF).paragraphs == (ONE, TWO, THREE)


def test_paragraphs_in_wrappers_of_their_own_belong_together():
    """BBC and Arc wrap each paragraph: no one wrapper is the article."""
    blocks = "".join(
        f"<div data-component='text-block' class='x-{n}'><p>{text}</p></div>"
        for n, text in enumerate((ONE, TWO, THREE))
    )
    article = read_pages([page(f"<main><h1>Kapal Selam Baru Tiba</h1>{blocks}</main>")], None, as_of=AS_OF)
    assert article.paragraphs == (ONE, TWO, THREE)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_standfirst_is_no_part_of_the_text(language):
    """The summary under the headline is the page's description, not the article's text (docs/decisions/0005)."""
    summary = "Dua kapal sejenis menyusul tahun depan sementara parlemen meminta penjelasan biaya"
    head = f"<meta name='description' content='{summary}'>"
    body = f"<h1>Kapal Selam Baru Tiba</h1><div class='dek'><p>{summary}</p></div><div class='share'>Bagikan</div><div class='article-body'>{paragraphs(ONE, TWO, THREE, FOUR)}</div>"
    written = page(body, head)
    declared = replace(written, content=written.content.replace(b"lang='id'", f"lang='{language}'".encode()))
    assert read_pages([declared], None, as_of=AS_OF).paragraphs == (ONE, TWO, THREE, FOUR)


def test_a_lead_beside_the_container_is_kept():
    """Paywalls wrap all but the first paragraph, and a lead may be made of links to the people it names."""
    lead = f"<p><a href='/a'>{ONE[:80]}</a>{ONE[80:]}</p>"
    body = f"<article><h1>Kapal Selam Baru Tiba</h1><p>{FOUR}</p><div class='locked'>{paragraphs(TWO, THREE)}{lead}</div></article>"
    assert read_pages([page(body)], None, as_of=AS_OF).paragraphs == (FOUR, TWO, THREE, ONE)


def test_a_list_of_other_articles_is_no_text():
    """Boxes with a linked headline and a summary each are teasers, whatever they are called."""
    other = "Menteri menyampaikan keterangan panjang tentang hal lain sama sekali di hadapan wartawan kemarin sore."
    boxes = "".join(
        f"<div class='x{n}'><h3><a href='/{n}'>Judul lain {n}</a></h3><p>{other} Nomor {n}.</p></div>" for n in range(9)
    )
    body = f"<main><h1>Kapal Selam Baru Tiba</h1><div class='isi'>{paragraphs(ONE, TWO)}</div><div class='rows'>{boxes}</div></main>"
    assert read_pages([page(body)], None, as_of=AS_OF).paragraphs == (ONE, TWO)


def test_captions_in_a_pictures_paragraph_are_dropped():
    """A short text with a picture before it in its paragraph is a caption; a sentence that flows around one is not."""
    body = (
        f"<article><h1>Kapal Selam Baru Tiba</h1><p><img src='/1.jpg'>{ONE}</p><p>{TWO}</p>"
        f"<p><img src='/2.jpg'>Kapal selam itu di dermaga Surabaya (Foto: Dinas Penerangan)</p>{paragraphs(THREE, FOUR)}</article>"
    )
    assert read_pages([page(body)], None, as_of=AS_OF).paragraphs == (ONE, TWO, THREE, FOUR)


def test_a_line_about_the_author_is_dropped():
    """Who wrote it stands behind the text, and is no part of it; the author may be named in the text all the same."""
    told = "Rina Wulandari adalah wartawan yang meliput pertahanan sejak sepuluh tahun lalu untuk beberapa koran."
    head = "<meta name='author' content='Rina Wulandari'>"
    body = f"<article><h1>Kapal Selam Baru Tiba</h1>{paragraphs(ONE, TWO, THREE, told)}</article>"
    article = read_pages([page(body, head)], None, as_of=AS_OF)
    assert (article.paragraphs, article.authors) == ((ONE, TWO, THREE), ("Rina Wulandari",))


def test_subheads_stay_whatever_their_ids_and_boxes_are_called():
    """Ids of headings are slugs of their words (`related-deals`), and some sites set their subheads in boxes."""
    body = (
        f"<article><h1>Kapal Selam Baru Tiba</h1><p>{ONE}</p><h2 id='toc-support-and-ratings'>Biaya</h2><p>{TWO}</p>"
        f"<div class='pf_subheadline'>Tetangga</div><p>{THREE}</p><p>{FOUR}</p></article>"
    )
    told = read_pages([page(body)], None, as_of=AS_OF).paragraphs
    assert told == (ONE, "Biaya", TWO, "Tetangga", THREE, FOUR)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("<h1>Opinion <span>Kapal Selam Baru Tiba</span></h1>", "Kapal Selam Baru Tiba"),
        ("<h1><span>Surabaya</span> : Kapal Selam Baru Tiba</h1>", "Surabaya: Kapal Selam Baru Tiba"),
        ("", "Kapal Selam Baru Tiba"),
    ],
)
def test_labels_and_stray_spaces_are_no_part_of_the_headline(heading, told):
    """A label joined to the `h1`, a space that markup leaves before a colon, the outlet's name in front."""
    said = told if heading else f"Contoh - {told}"
    head = f"<title></title><meta property='og:title' content='{said}'><meta property='og:site_name' content='Contoh'>"
    body = f"{heading}<article>{paragraphs(ONE, TWO)}</article>"
    assert read_pages([page(body, head)], None, as_of=AS_OF).title == told


def test_marks_in_attributes_and_comments_are_no_tags():
    """The walk takes serialised HTML apart: `<`, `>` and quotes inside values and comments must not break it."""
    body = (
        f"<h1>Kapal Selam Baru Tiba</h1><article data-x='<p class=\"related\">a > b</p>'><!-- <p>Bukan</p> > --><p title='5 > 3'>{ONE}</p>"
        f'<p data-y="it\'s <b>">5 &lt; 7 &amp;amp; {TWO}</p></article>'
    )
    assert read_pages([page(body)], None, as_of=AS_OF).paragraphs == (ONE, f"5 < 7 &amp; {TWO}")


def test_a_section_in_h1_is_not_the_headline():
    """Republika and old Kompas pages mark the channel as `h1`; the site's name leaves the title."""
    head = "<meta property='og:title' content='Kapal Selam Baru Tiba | Contoh Online'><meta property='og:site_name' content='Contoh Online'>"
    article = read_pages([page(f"<h1>Nasional</h1><article>{paragraphs(ONE, TWO)}</article>", head)], None, as_of=AS_OF)
    assert article.title == "Kapal Selam Baru Tiba"


def test_pages_of_one_article_are_joined_and_overlaps_told_once():
    """Page two often begins with the last paragraph of page one."""
    second = f"<h1 class='judul'>Kapal Selam Baru Tiba</h1><div class='isi'>{paragraphs(TWO, THREE, FOUR)}</div>"
    first = (
        f"<h1 class='judul'>Kapal Selam Baru Tiba</h1><div class='isi'>{paragraphs('CONTOH.CO.ID - ' + ONE, TWO)}</div>"
    )
    article = read_pages([page(first), page(second, url=f"{URL}?page=2")], OUTLET, as_of=AS_OF)
    assert article.paragraphs == (ONE, TWO, THREE, FOUR)
    assert article.url == URL


OLD = replace(LAYOUT, body=("div.lama",), until=date(2026, 6, 30))
OLDEST = replace(LAYOUT, body=("div.kuno",), until=date(2020, 12, 31))
REDESIGNED = replace(OUTLET, rules=(LAYOUT, OLD, OLDEST))
EVERY_LAYOUT = (
    f"<h1 class='judul'>Kapal Selam Baru Tiba</h1><div class='isi'>{paragraphs(ONE, TWO)}</div>"
    f"<div class='lama'>{paragraphs(THREE, FOUR)}</div><div class='kuno'>{paragraphs(FOUR, ONE)}</div>"
)


@pytest.mark.parametrize(
    ("fetched", "expected"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), (ONE, TWO)),
        (datetime(2026, 6, 30, 10, tzinfo=UTC), (THREE, FOUR)),
        (datetime(2026, 6, 30, 20, tzinfo=UTC), (ONE, TWO)),
        (datetime(2019, 1, 1, tzinfo=UTC), (FOUR, ONE)),
    ],
)
def test_the_layout_of_the_day_is_used(fetched, expected):
    """A version of the rules holds through its last day, by the outlet's own calendar."""
    assert read_pages([page(EVERY_LAYOUT)], REDESIGNED, as_of=fetched).paragraphs == expected


def test_a_page_in_an_older_layout_is_still_read():
    """Old articles keep their old pages: when today's layout finds nothing, the others are tried."""
    body = f"<h1 class='judul'>Kapal Selam Baru Tiba</h1><div class='lama'>{paragraphs(THREE, FOUR)}</div>"
    article = read_pages([page(body)], REDESIGNED, as_of=AS_OF)
    assert (article.paragraphs, article.read_by["body"]) == ((THREE, FOUR), "rules")


def test_rules_that_miss_the_body_are_overruled():
    """After a redesign nobody noticed, the generic reader takes over, and `read_by` tells."""
    body = f"<h1>Kapal Selam Baru Tiba</h1><div class='isi'>Iklan</div><article>{paragraphs(ONE, TWO, THREE)}</article>"
    article = read_pages([page(body)], OUTLET, as_of=AS_OF)
    assert (article.paragraphs, article.read_by["body"]) == ((ONE, TWO, THREE), "generic")


def test_a_selector_that_is_no_css_is_named():
    """The engineer's typing error gets a sentence, not a trace."""
    broken = replace(OUTLET, rules=(replace(LAYOUT, body=("div[",)),))
    with pytest.raises(PantauError, match=r"div\["):
        read_pages([page(RULED)], broken, as_of=AS_OF)


@pytest.mark.parametrize(
    ("charset", "options", "head"),
    [
        ("windows-1252", {"content_type": "text/html; charset=windows-1252"}, ""),
        ("windows-1252", {}, "<meta charset='windows-1252'>"),
        ("windows-1252", {}, ""),
        ("utf-8", {}, ""),
        ("utf-8-sig", {"content_type": "text/html; charset=iso-8859-1"}, ""),
        ("utf-16", {}, ""),
    ],
)
def test_the_character_set_is_found(charset, options, head):
    """Header, meta, byte order mark; what names none is UTF-8, else windows-1252."""
    text = f"Menteri berkata “tidak” – dan café itu tutup. {ONE}"
    html = page(
        f"<h1>Kapal Selam Baru Tiba</h1><article><p>{text}</p><p>{TWO}</p></article>", head, charset=charset, **options
    )
    assert read_pages([html], None, as_of=AS_OF).paragraphs[0] == text


def test_characters_that_do_harm_never_get_through():
    """NUL, U+2028 and zero-width characters are gone from title and text."""
    body = f"<h1>Kapal\u200b Selam\u2028Baru\x85Tiba</h1><article><p>\x00{ONE}\ufeff</p><p>{TWO}&#8232;{THREE}&#0;</p></article>"
    article = read_pages([page(body, "<title>x</title>")], None, as_of=AS_OF)
    assert article.title == "Kapal Selam Baru Tiba"
    assert not set("\x00\u2028\x85\u200b\ufeff\ufffd") & set(article.body.replace("\ufffd", ""))


def test_no_title_and_too_little_text_are_rejected_with_the_reason():
    """The reason is stored with the page's fate."""
    untitled = Page(url=URL, content=f"<body><article>{paragraphs(ONE, TWO)}</article></body>".encode())
    with pytest.raises(Rejected, match="no title"):
        read_pages([untitled], None, as_of=AS_OF)
    with pytest.raises(Rejected, match="too little text"):
        read_pages([page("<h1>Kapal Selam Baru Tiba</h1><p>Video.</p>")], None, as_of=AS_OF)
    with pytest.raises(Rejected):
        read_pages([], None, as_of=AS_OF)


@pytest.mark.parametrize("content", [b"", b"   \n", "".encode("utf-16")])
def test_an_empty_page_is_quarantined(content):
    """It should have been an article."""
    with pytest.raises(Quarantined):
        read_pages([Page(url=URL, content=content)], None, as_of=AS_OF)


def test_the_same_page_reads_the_same():
    """Reading depends on bytes, declaration and instant alone; the reader's version stands beside each revision."""
    assert read_pages([page(GENERIC)], OUTLET, as_of=AS_OF) == read_pages([page(GENERIC)], OUTLET, as_of=AS_OF)
    assert READER


def test_a_line_has_the_fields_that_later_issues_keep():
    """`pantau read` gives exactly these, absent ones as null."""
    line = as_line(read_pages([page(RULED)], OUTLET, as_of=AS_OF), "a1")
    assert list(line) == [
        "id", "title", "body", "published_at", "authors", "editor", "dateline", "section", "image", "language", "read_by",
    ]  # fmt: skip
    assert line["body"].split("\n") == [ONE, TWO, THREE]
    assert (line["published_at"], line["image"], line["read_by"]["body"]) == (
        "2026-11-20T21:05:00+07:00",
        None,
        "rules",
    )
