"""Mails that come back, as mail servers write them: bounces of several kinds, complaints, receipts and absences."""

from __future__ import annotations

import email
from email.message import Message

DELIVERY_STATUS = """\
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example. Your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Sun, 22 Nov 2026 06:00:02 +0700

Final-Recipient: rfc822; pembaca@contoh.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.contoh.example
Diagnostic-Code: smtp; {code}

--B
Content-Type: {returned}

From: Meja Pantau <digest@pantau.example>
To: pembaca@contoh.example
Message-ID: {message_id}
Subject: Tiga cerita baru

--B--
"""


def delivery_status(
    message_id: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str | None = None,
    code: str = "550 5.1.1 <pembaca@contoh.example>: no such user",
    returned: str = "message/rfc822",
) -> Message:
    """Write a delivery status notification (RFC 3464), to the envelope sender of the mail unless `to` is given."""
    return email.message_from_string(
        DELIVERY_STATUS.format(
            to=to or bounce_address(message_id),
            action=action,
            status=status,
            code=code,
            message_id=message_id,
            returned=returned,
        )
    )


def bounce_address(message_id: str) -> str:
    """Give the address that a bounce of a mail comes to."""
    return f"bounce+{message_id.strip('<>')}"


QMAIL = """\
From: MAILER-DAEMON@alt.example
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at alt.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<pembaca@contoh.example>:
{words}

--- Below this line is a copy of the message.

Return-Path: <{to}>
Message-ID: {message_id}
"""


def qmail(message_id: str, words: str) -> Message:
    """Write a bounce as qmail does, which knows no RFC 3464."""
    return email.message_from_string(QMAIL.format(to=bounce_address(message_id), words=words, message_id=message_id))


COMPLAINT = """\
From: feedback@portal.example
To: abuse@pantau.example
Subject: complaint about message
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

This is an email abuse report.

--B
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Portal/1.0
Version: 1
{original_from}
--B
Content-Type: {returned}

From: Meja Pantau <digest@pantau.example>
To: redacted
{message_id}List-Unsubscribe: <https://pantau.example/unsubscribe/{token}>, <mailto:unsubscribe+{token}@pantau.example>

Tiga cerita baru.

--B--
"""


def complaint(
    message_id: str,
    *,
    kind: str = "abuse",
    by_envelope: bool = False,
    returned: str = "message/rfc822",
    token: str = "0" * 24,
) -> Message:
    """Write an abuse report (RFC 5965), which names the mail by its Message-ID, or by its envelope sender alone."""
    envelope = f"Original-Mail-From: <{bounce_address(message_id)}>\n" if by_envelope else ""
    quoted = "" if by_envelope else f"Message-ID: {message_id}\n"
    return email.message_from_string(
        COMPLAINT.format(kind=kind, original_from=envelope, message_id=quoted, returned=returned, token=token)
    )


def plain_mail(to: str, subject: str = "unsubscribe", **headers: str) -> Message:
    """Write a short mail as a person's program does."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return email.message_from_string(
        f"From: pembaca@contoh.example\nTo: {to}\nSubject: {subject}\n{more}\nTerima kasih.\n"
    )
