"""WARC files as a public web archive has them: answers of many hosts, ours among them, with pages of our own writing."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KONTAN = "https://nasional.kontan.co.id/news/"
DETIK = "https://news.detik.com/berita/d-1/"

NATUNA = (
    "Bakamla Bayangi Kapal Penjaga Pantai China di Natuna",
    "Kapal patroli Bakamla membayangi kapal penjaga pantai China yang masuk ke Laut Natuna Utara sejak Kamis sore.",
    "Kapal bernomor lambung 5407 itu menolak pergi dan menyatakan sedang berpatroli di perairannya sendiri.",
    "Kementerian Luar Negeri menyiapkan nota diplomatik kepada Beijing atas pelanggaran zona ekonomi eksklusif itu.",
)
MISSILE = (
    "Korea Utara Uji Coba Rudal Balistik Antarbenua",
    "Korea Utara menembakkan rudal balistik antarbenua berbahan bakar padat dari dekat Pyongyang pada Selasa pagi.",
    "Rudal itu mengudara selama 73 menit dan jatuh di luar zona ekonomi eksklusif Jepang, kata militer Korea Selatan.",
    "Dewan Keamanan PBB akan menggelar rapat darurat atas permintaan Amerika Serikat dan Jepang.",
)
FRIGATE = (
    "PT PAL Luncurkan Fregat Merah Putih Kedua untuk TNI AL",
    "PT PAL Indonesia meluncurkan fregat Merah Putih kedua pesanan TNI Angkatan Laut di galangan Surabaya.",
    "Kapal perang sepanjang 140 meter itu akan dipersenjatai rudal antikapal dan radar buatan dalam negeri.",
    "Kementerian Pertahanan memesan dua kapal perang lagi untuk diserahkan sebelum tahun 2030.",
)


def page(text: tuple[str, ...], published: datetime | None, *, more: str = "") -> bytes:
    """Write the page of an article, a headline and its paragraphs, as an outlet would; `more` stands below it."""
    title, *paragraphs = text
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    if published:
        told["datePublished"] = published.isoformat()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='id'><head><title>{title}</title>"
        f"<script type='application/ld+json'>{json.dumps(told)}</script></head>"
        f"<body><article><h1>{title}</h1><div class='detail__body-text'>{body}</div>{more}</article></body></html>"
    ).encode()


class Archive:
    """A WARC file being written as Common Crawl does."""

    def __init__(self, writer: WARCWriter) -> None:
        self.writer = writer

    def answer(
        self,
        url: str,
        body: bytes = b"<html><p>x</p></html>",
        at: datetime | str = "2026-11-10T03:00:00Z",
        *,
        status: str = "200 OK",
        kind: str = "text/html; charset=utf-8",
        warc: dict[str, str] | None = None,
        http: tuple[tuple[str, str], ...] = (),
    ) -> str:
        """Write an answer; gives its id."""
        headers = StatusAndHeaders(status, [("Content-Type", kind), *http], protocol="HTTP/1.1")
        date = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(at, datetime) else at
        record = self.writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": date, **(warc or {})},
        )
        self.writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID").strip("<>")

    def request(self, url: str) -> None:
        """Write a request, as archives keep them beside the answers."""
        headers = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x.org")], is_http_request=True)
        self.writer.write_record(self.writer.create_warc_record(url, "request", http_headers=headers))


@contextmanager
def archive(path: Path, *, gzipped: bool = True) -> Iterator[Archive]:
    """Write a WARC file, opened by its warcinfo record."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        yield Archive(writer)
