"""The settings of the reader's pages, and of what is kept of readers."""

from __future__ import annotations

from desk import setting_values as values
from desk.setting_row import Setting

PAGES = (
    Setting(
        name="PANTAU_WEB_URL",
        attribute="web_url",
        meaning="Where the reader's pages are published; links in a digest lead there. Mails promise to unsubscribe by one click "
        "(RFC 8058) only with such an address and a DKIM signature (docs/sending.md).",
        expected="an https address (or, for a trial with the local mailbox, http://127.0.0.1:PORT)",
        read=values.web_url,
    ),
    Setting(
        name="PANTAU_SELF_SUBSCRIPTION",
        attribute="self_subscription",
        meaning="Whether anybody may ask for a digest on the reader's pages; a letter asks the address to confirm it "
        "(docs/readers.md).",
        expected="on or off",
        read=values.switch,
        default="off",
    ),
    Setting(
        name="PANTAU_KEEP_DELIVERIES_DAYS",
        attribute="keep_deliveries",
        meaning="Days for which it is kept what was mailed to whom, and letters; then only the numbers are.",
        expected="a number of days, such as 30",
        read=values.days,
        default="30",
    ),
    Setting(
        name="PANTAU_WEB_HOST",
        attribute="web_host",
        meaning="Where `pantau web` listens. Leave it on this machine, behind a proxy that speaks TLS (docs/pages.md).",
        expected="a name or address of this machine, such as 127.0.0.1",
        read=values.host,
        default="127.0.0.1",
    ),
    Setting(
        name="PANTAU_WEB_PORT",
        attribute="web_port",
        meaning="The port that `pantau web` listens on.",
        expected="a port, such as 8081",
        read=values.port,
        default="8081",
    ),
    Setting(
        name="PANTAU_WEB_PROXIES",
        attribute="web_proxies",
        meaning="The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; without one, the pages take whoever "
        "connects for the visitor.",
        expected="addresses or networks parted by commas, such as 127.0.0.1,10.0.0.0/8",
        read=values.networks,
        absent=lambda _home: (),
    ),
)
