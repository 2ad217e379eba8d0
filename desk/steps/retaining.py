"""Letting go: archive files and full texts that are old enough are deleted, a batch a transaction.

A file is deleted first and then written down as gone: after a kill, one that is gone already is only written down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import fsspec

from desk.setting_groups.retention import ARCHIVE_DAYS, TEXT_DAYS
from desk.settings import Settings
from desk.steps.opened import load_settings, opened
from processing.digest.summary import opening
from processing.errors import PantauError
from processing.store import Connection, retention
from processing.store.retention import File, Held

FILES = 50
"""Files a transaction: a kill leaves so many at most that are gone and not written down."""
TEXTS = 500
"""Texts a transaction."""

log = logging.getLogger(__name__)

Tell = Callable[[str, int, int], None]
"""Is told of what (`archive files`, `texts`) how many of how many are done."""


class NotDeleted(PantauError):
    """Archive files that are old enough could not be deleted; all else was done."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is old enough to go, and what is held back all the same, each of these as a sentence."""

    files: tuple[File, ...]
    texts: int
    held: tuple[str, ...]


@dataclass(slots=True)
class _Deletion:
    """What became of the files so far: ids of those that are gone, and sentences on those that could not be deleted."""

    gone: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _log(what: str, done: int, of: int) -> None:
    log.info("%d of %d %s let go", done, of, what)


def overdue(*, as_of: datetime) -> Overdue:
    """Tell what `let_go` would let go as of an instant, and what it would hold back; nothing is changed."""
    settings = load_settings()
    with opened(settings) as connection:
        return Overdue(
            files=tuple(_old_files(connection, settings, as_of)),
            texts=len(_old_texts(connection, settings, as_of)),
            held=tuple(held(connection, settings, as_of)),
        )


def let_go(*, as_of: datetime, tell: Tell = _log) -> dict[str, int]:
    """Let go what is old enough as of an instant; counts `texts` and `files`, and the files that are `held` back.

    Raises NotDeleted, when all else is done, where files could not be deleted.
    """
    settings = load_settings()
    with opened(settings) as connection:
        texts, files = _old_texts(connection, settings, as_of), _old_files(connection, settings, as_of)
        kept = list(held(connection, settings, as_of))
    for sentence in kept:
        log.warning("Held back: %s", sentence)
    shortened = 0
    for at in range(0, len(texts), TEXTS):
        shortened += _shorten(settings, texts[at : at + TEXTS], as_of)
        tell("texts", min(at + TEXTS, len(texts)), len(texts))
    deletion = _Deletion()
    for at in range(0, len(files), FILES):
        _delete(settings, [file.id for file in files[at : at + FILES]], as_of, deletion)
        tell("archive files", min(at + FILES, len(files)), len(files))
    if deletion.problems:
        raise NotDeleted(
            f"{len(deletion.problems)} archive files could not be deleted; the first is {deletion.problems[0]}."
            f" All else went: {len(deletion.gone)} files, {shortened} texts."
        )
    return {"texts": shortened, "files": len(deletion.gone), "held": len(kept)}


def give_up(run: int) -> int:
    """Give up the pages of a run that was set aside, so that its file goes in its time; gives how many. Raises PantauError."""
    with opened(load_settings()) as connection:
        settled = retention.give_up(connection, run)
    if not settled:
        raise PantauError(
            f"Run {run} was not set aside with pages that nobody read; `pantau retention` names those that were."
        )
    return settled


def _old_texts(connection: Connection, settings: Settings, as_of: datetime) -> list[int]:
    return retention.old_texts(connection, before=as_of - settings.keep_text) if settings.keep_text else []


def _shorten(settings: Settings, revisions: list[int], as_of: datetime) -> int:
    """Leave of each text its lead, which is what may be quoted; gives how many there were."""
    with opened(settings) as connection:
        texts = retention.take_texts(connection, revisions)
        left = [(text.revision, "\n".join(opening(text.title, text.body.split("\n")))) for text in texts]
        retention.let_go_texts(connection, left, as_of=as_of)
    return len(left)


def _ours(settings: Settings) -> str:
    """Give how the address begins of files that we packed from a folder of pages."""
    return f"{(settings.home.data / 'imports').as_uri()}/"


def _old_files(connection: Connection, settings: Settings, as_of: datetime) -> list[File]:
    if not settings.keep_archive:
        return []
    return retention.old_files(connection, before=as_of - settings.keep_archive, ours=_ours(settings))


def _delete(settings: Settings, files: list[int], as_of: datetime, deletion: _Deletion) -> None:
    """Delete a batch of files, and write down those that are gone."""
    assert settings.keep_archive is not None  # nothing was old enough otherwise
    before, gone = as_of - settings.keep_archive, []
    with opened(settings) as connection:
        for file in retention.take_files(connection, files, before=before, ours=_ours(settings)):
            try:
                _remove(file.uri)
            except (OSError, ValueError, ImportError) as error:
                deletion.problems.append(f"{file.uri} ({error})")
            else:
                gone.append(file.id)
        retention.let_go_files(connection, gone, as_of=as_of)
    deletion.gone += gone


def _remove(uri: str) -> None:
    """Delete a file that may be gone already; where its folder is gone with it the archive is away. Raises OSError."""
    filesystem, path = fsspec.url_to_fs(uri)
    try:
        filesystem.rm_file(path)
    except FileNotFoundError:
        if not filesystem.isdir(path.rpartition("/")[0]):
            raise FileNotFoundError("nor is its folder there: is the archive away?") from None


def held(connection: Connection, settings: Settings, as_of: datetime) -> Iterator[str]:
    """Say which archive files are old enough and held back, each with why and what to do."""
    if not settings.keep_archive:
        return
    before = as_of - settings.keep_archive
    for file in retention.held_files(connection, before=before, ours=_ours(settings)):
        yield _why(file)
    left = {path: path.parent.name.rpartition("-")[2] for path in (settings.home.data / "crawls").glob("*/*.warc.gz*")}
    runs = {path: int(run) for path, run in left.items() if run.isdigit()}
    instants = retention.run_instants(connection, list(runs.values()))
    for path in sorted(path for path, run in runs.items() if run in instants and instants[run] < before):
        yield f"{path} is left of a crawl that broke off; `pantau process --warc {path}` takes its pages in; then delete it."


def _why(file: Held) -> str:
    whose = f"run {file.run} ({file.outlet or 'an import'})"
    if file.error is None:
        return f"{file.uri} waits to be read: {whose}; `pantau process` reads it."
    path = file.uri.removeprefix("file://")
    return (
        f"{file.uri} was never read, since {whose} was set aside ({file.error or 'no reason is known'}); `pantau process --warc"
        f" {path}` tries again, and `pantau retention --give-up {file.run}` gives it up."
    )


def page_gone(what: str, fetched: datetime, went: datetime) -> str:
    """Say in one sentence that a page, fetched then, went with its archive file."""
    return _gone(what, fetched, went, ARCHIVE_DAYS)


def text_gone(what: str, seen: datetime, went: datetime) -> str:
    """Say in one sentence that a text, seen then, was let go."""
    return _gone(what, seen, went, TEXT_DAYS)


def _gone(what: str, came: datetime, went: datetime, setting: str) -> str:
    return f"{what} of {came:%Y-%m-%d} was let go on {went:%Y-%m-%d}, after {(went - came).days} days ({setting})."
