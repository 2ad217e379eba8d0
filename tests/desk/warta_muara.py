"""*Warta Muara*: a made-up Indonesian newspaper with the oddities that declarations are proposed for; nothing in it is real.

No structured data but OpenGraph; hashed class names; datelines of three kinds; authors, a post and the editor in a box at the
side; the section in a breadcrumb alone; lines and lists in the text that lead to other articles; a feed of three among eight.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from small_sites import Site

NAMES = ("Lani Wuwungan", "Beni Tarsisius", "Rosa Amahorseja")
SECTIONS = {"laut": "Laut", "pasar": "Pasar", "warga": "Kabar Warga"}
OPENINGS = ("WARTAMUARA.ID, TANJUNG PARE -- ", "Muara Lama, Warta Muara – ", "MUARA LAMA, WARTAMUARA.ID – ", "")
SUBJECTS = ("mercusuar", "dermaga", "perahu", "tambak", "jembatan", "pasar ikan", "sekolah", "koperasi")


def headline(number: int) -> str:
    """Give an article's headline."""
    return f"Perbaikan {SUBJECTS[number].title()} Selesai Lebih Cepat Bulan Ini"


def paragraphs(number: int) -> list[str]:
    """Give an article's text as a reader would copy it."""
    thing = SUBJECTS[number]
    return [
        f"Perbaikan {thing} di tepi muara selesai {number + 2} hari lebih cepat dari rencana, kata kepala pekerjaan pada Rabu.",
        f"Sebanyak {number + 11} tukang bekerja bergantian siang dan malam supaya {thing} dapat dipakai sebelum musim angin barat.",
        f"Warga membayar seperlima dari biayanya dengan iuran {number + 3} ribu rupiah sepekan yang dikumpulkan sejak tahun lalu.",
        f"Pekerjaan berikutnya dimulai bulan depan dan akan diawasi oleh {number + 4} orang yang dipilih dalam rapat {thing}.",
    ]


def fill_with_warta_muara(site: Site, *, today: datetime) -> None:
    """Put the newspaper on a site, its articles written in the day before `today`."""
    slugs = [headline(number).lower().replace(" ", "-") for number in range(len(SUBJECTS))]
    paths = [f"/{list(SECTIONS)[number % 3]}/{4000 + number}/{slug}" for number, slug in enumerate(slugs)]
    for number, path in enumerate(paths):
        site.files[path] = _story(number, paths, today - timedelta(hours=2 * number + 1)).encode()
    links = "".join(f'<h3><a href="{path}">{headline(n)}</a></h3>' for n, path in enumerate(paths))
    films = '<h3><a href="/video/4100/detik-detik-peluncuran-perahu-baru">Peluncuran Perahu Baru</a></h3>'
    site.files["/index.html"] = _page("Warta Muara", links + films).encode()
    site.files["/robots.txt"] = f"User-agent: *\nDisallow: /cari\n\nSitemap: {site.home}/peta.xml\n".encode()
    site.files["/peta.xml"] = _xml("sitemapindex", f"<sitemap><loc>{site.home}/peta-1.xml</loc></sitemap>")
    site.files["/peta-1.xml"] = _xml("urlset", "".join(f"<url><loc>{site.home}{path}</loc></url>" for path in paths))
    items = "".join(f"<item><link>{site.home}{path}</link><title>x</title></item>" for path in paths[:3])
    site.files["/umpan.xml"] = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def _xml(root: str, inner: str) -> bytes:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{namespace}">{inner}</{root}>'.encode()


def _page(title: str, body: str) -> str:
    menu = " | ".join(f'<a href="/rubrik/{name}">{shown}</a>' for name, shown in SECTIONS.items())
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="og:site_name" content="WartaMuara"><link rel="alternate" type="application/rss+xml" href="/umpan.xml">'
        f'</head><body><div id="kepala"><a href="/">Depan</a> | {menu}</div>{body}<div id="kaki">Warta Muara, Jalan Galah 3</div></body></html>'
    )


def _story(number: int, paths: list[str], at: datetime) -> str:
    first, *others = paragraphs(number)
    text = [f"<p>{OPENINGS[number % 4]}{first}</p>", *(f"<p>{other}</p>" for other in others)]
    text.insert(2, f'<p>Ikut dibaca: <a href="{paths[number - 1]}">{headline(number - 1)}</a></p>')
    teasers = "".join(
        f'<li><a href="{paths[n]}">{headline(n)}</a><p>{paragraphs(n)[1][:90]}…</p></li>'
        for n in (number - 2, number - 3)
    )
    name, shown = list(SECTIONS.items())[number % 3]
    people = "".join(f'<div class="nama">{NAMES[(number + n) % 3]}</div>' for n in range(1 + number % 2))
    return _page(
        f"{headline(number)} - Warta Muara",
        f'<div class="jejak"><a href="/">Depan</a> &gt; <a href="/rubrik/{name}">{shown}</a></div><h1>{headline(number)}</h1>'
        f'<div class="saat">{at.day}/{at.month}/{at.year} {at:%H:%M} WITA</div><div class="kotak-penulis">{people}'
        '<div class="pos">Wartawan Warta Muara</div><div class="peny">Penyunting: <span>Hana Sibarani</span></div></div>'
        f'<div class="Isi_naskah__{number}a7c{number}">{"".join(text)}<div class="Isi_lain__{number}b1f{number}"><ul>{teasers}</ul></div></div>',
    )
