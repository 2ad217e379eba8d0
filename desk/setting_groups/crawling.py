"""The settings of crawls and of their archive."""

from __future__ import annotations

from desk import setting_values as values
from desk.setting_row import Setting

CRAWLING = (
    Setting(
        name="PANTAU_ARCHIVE",
        attribute="archive",
        meaning="Where WARC files are kept: a folder, or an fsspec URI whose file system is installed.",
        expected="a folder, or a URI of a file system that is installed here",
        read=values.place,
        otherwise="`archive` in `PANTAU_HOME`",
        absent=lambda home: str(home.path / "archive"),
    ),
    Setting(
        name="PANTAU_REPLAY",
        attribute="replay",
        meaning="A WARC file, or a folder of them, that answers every request instead of the network.",
        expected="a file or folder that exists",
        read=values.existing_path,
        otherwise="none: crawls are live",
    ),
    Setting(
        name="PANTAU_OUTLETS",
        attribute="outlets",
        meaning="The outlets to read, by name, parted by commas.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        otherwise="all that are not switched off",
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_PERMITTED",
        attribute="permitted",
        meaning="Outlets that are switched off in their declaration, and whose permission you have.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        absent=lambda _home: (),
    ),
    Setting(
        name="PANTAU_PRIVATE_HOSTS",
        attribute="private_hosts",
        meaning="Hosts that may be crawled though their addresses are private (an intranet's, a proxy's, a test's); all others "
        "must have public addresses.",
        expected="names or addresses of hosts parted by commas, such as berita.kantor.example,127.0.0.1",
        read=values.hosts,
        absent=lambda _home: (),
    ),
)
