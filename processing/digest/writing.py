"""Writing a delivery's message: the stored parts with the reader's own links, signed; the same bytes on every try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from processing.digest.letterhead import Letterhead
from processing.digest.links import Personal, letter_links, links, personal
from processing.digest.message import compose, compose_letter, for_one_reader, letter_for_reader
from processing.model import Rendered
from processing.store import Connection, editions, letters
from processing.store.deliveries import Claimed
from processing.store.letters import StoredLetter


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one delivery is written from."""

    delivery: Claimed
    content: Rendered | StoredLetter
    reader: Personal

    @property
    def written_at(self) -> datetime:
        """The instant that stands in Date, in the signature and in signed links: of the content, not of the try."""
        return _written_at(self.content)


class Writer:
    """Writes what one worker sends. It holds one edition at a time, and no reader."""

    def __init__(self, connection: Connection, letterhead: Letterhead) -> None:
        self._connection = connection
        self._letterhead = letterhead
        self._held: tuple[int, Rendered] | None = None
        self._signing_key = ""

    def look_up(self, delivery: Claimed) -> Sheet:
        """Read what a delivery is written from."""
        with self._connection:
            self._signing_key = self._signing_key or letters.signing_key(self._connection)
            content: Rendered | StoredLetter
            if delivery.edition is not None:
                content = self._edition(delivery.edition)
            else:
                content = letters.load(self._connection, delivery.letter or 0)
        return Sheet(delivery, content, personal(self._signing_key, delivery.token, _written_at(content)))

    def write(self, sheet: Sheet) -> bytes:
        """Write the message as it travels; depends on the content, the reader and the letterhead alone."""
        content = self._composed(sheet).as_bytes()
        signer = self._letterhead.signer
        return signer.sign(content, at=sheet.written_at) if signer else content

    def _composed(self, sheet: Sheet) -> EmailMessage:
        ours, to = self._letterhead, sheet.delivery
        if isinstance(sheet.content, StoredLetter):
            return compose_letter(
                letter_for_reader(sheet.content, sheet.reader),
                links=letter_links(sender=ours.sender, web_url=ours.web_url, reader=sheet.reader),
                sender=ours.sender,
                to=to.address,
                name=to.name,
                message_id=to.message_id,
                one_click=ours.one_click,
            )
        edition = sheet.content.edition
        return compose(
            for_one_reader(sheet.content, sheet.reader),
            links=links(edition.series, edition.cutoff, sender=ours.sender, web_url=ours.web_url, reader=sheet.reader),
            sender=ours.sender,
            to=to.address,
            name=to.name,
            message_id=to.message_id,
            one_click=ours.one_click,
        )

    def _edition(self, id_: int) -> Rendered:
        """Give an edition; deliveries come edition by edition, so that the last one is enough to hold."""
        if self._held is None or self._held[0] != id_:
            stored = editions.load_by_id(self._connection, id_)
            parts = Rendered(subject=stored.subject, text=stored.text, html=stored.html, edition=stored.edition)
            self._held = id_, parts
        return self._held[1]


def _written_at(content: Rendered | StoredLetter) -> datetime:
    return content.written_at if isinstance(content, StoredLetter) else content.edition.cutoff
