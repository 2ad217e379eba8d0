"""The settings of the desk's own digest, and how outlets reach the desk."""

from __future__ import annotations

from desk import setting_values as values
from desk.setting_row import Setting

DIGEST = (
    Setting(
        name="PANTAU_DESK_NAME",
        attribute="desk_name",
        meaning="The desk's name in the subject and head of a digest.",
        expected="one line of text",
        read=values.line,
        default="Meja Pertahanan & Geopolitik",
    ),
    Setting(
        name="PANTAU_LANGUAGE",
        attribute="language",
        meaning="The language that digests are written in: `id` or `en`.",
        expected="id or en",
        read=values.language,
        default="id",
    ),
    Setting(
        name="PANTAU_TIMEZONE",
        attribute="timezone",
        meaning="The desk's time zone: the digest's hour and all times that a reader sees.",
        expected="an IANA time zone, such as Asia/Jakarta",
        read=values.timezone,
        default="Asia/Jakarta",
    ),
    Setting(
        name="PANTAU_DIGEST_AT",
        attribute="digest_at",
        meaning="When the digest goes out, in the desk's time zone.",
        expected="an hour and minute, such as 06:00",
        read=values.clock,
        default="06:00",
    ),
    Setting(
        name="PANTAU_CONTACT",
        attribute="contact",
        meaning="How an outlet reaches whoever runs this desk; every request carries it. `pantau up` and live crawls need it.",
        expected="a mail address or an https address",
        read=values.contact,
    ),
)
