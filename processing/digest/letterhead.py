"""What all mails of a desk have in common: whom they are from, where its pages are, and who signs."""

from __future__ import annotations

from dataclasses import dataclass

from processing.digest.signing import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """How a desk writes its mails."""

    sender: str
    """A From header's value."""
    web_url: str | None = None
    signer: Signer | None = None
    signed_at_relay: bool = False
    """The operator declares that the relay signs what we give it, the headers of RFC 8058 included."""
    at_home: bool = False
    """Mails stay on this machine, in the local mailbox, and its pages are here too: nobody else sees either."""

    @property
    def one_click(self) -> bool:
        """Whether a mail may promise to unsubscribe by one click: the page takes it, and a signature covers the promise."""
        if self.at_home:
            return bool(self.web_url)
        return bool(self.web_url and self.web_url.startswith("https:") and (self.signer or self.signed_at_relay))
