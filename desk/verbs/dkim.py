"""`pantau dkim`: a key to sign mails with, and the DNS record that publishes it."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desk.settings import Settings
from processing.digest import signing
from processing.digest.links import domain_of
from processing.errors import PantauError

app = typer.Typer(help="The key that mails are signed with (DKIM).", no_args_is_help=True)

STRING = 250
"""Characters of a string in a TXT record, of which 255 fit (RFC 1035)."""


class Algorithm(StrEnum):
    """Kinds of keys."""

    RSA = "rsa"
    ED25519 = "ed25519"


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where to keep the private key; there must be no such file yet.")],
    algorithm: Annotated[
        Algorithm, typer.Option(help="rsa is verified everywhere; ed25519 not yet (RFC 8463).")
    ] = Algorithm.RSA,
) -> None:
    """Make a key that nobody else can read, and print the DNS record for it."""
    key = signing.new_key(algorithm)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise PantauError(f"The key cannot be kept at {file} ({error.strerror}); name a new file.") from error
    with os.fdopen(descriptor, "wb") as out:
        out.write(signing.pem(key))
    _publish(key)
    typer.echo(f"Then set PANTAU_DKIM_KEY={file.absolute()}")


@app.command()
def record(
    file: Annotated[Path, typer.Argument(help="A private key.", exists=True, dir_okay=False)],
) -> None:
    """Print the DNS record of a key that there is."""
    _publish(signing.read_key(file))


def _publish(key: signing.Key) -> None:
    """Print the record as a zone file takes it, in strings that are short enough."""
    settings = Settings.load()
    domain = settings.dkim_domain or domain_of(settings.sender)
    text = signing.record(key)
    strings = " ".join(f'"{text[start : start + STRING]}"' for start in range(0, len(text), STRING))
    typer.echo("Publish this record:")
    typer.echo(f"{settings.dkim_selector}._domainkey.{domain}. IN TXT ( {strings} )")
