"""An article of the recorded edition, read from its file: TOML front matter between `+++` lines, then paragraphs."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from processing.errors import PantauError

ARTICLES = Path(__file__).parent / "articles"
FENCE = "+++\n"
PAGE_BREAK = "---"
READ_ALSO = ">>> "


class Trap(StrEnum):
    """What is hard about an article's page."""

    READ_ALSO = "read_also"
    """Links to other articles stand between its paragraphs."""
    MULTI_PAGE = "multi_page"
    FALSE_ZULU = "false_zulu"
    """A meta element gives local time and marks it `Z`."""
    WINDOWS_1252 = "windows_1252"
    """Sent in that encoding instead of UTF-8."""


class Block(BaseModel):
    """A paragraph of the article, or (`read_also`) the title of another article that its page links to there."""

    model_config = ConfigDict(frozen=True)

    text: str
    read_also: bool = False


class WrittenArticle(BaseModel):
    """One article with what is true of it: `story`, `wire`, `relevant`, `topics` and the paragraphs are the gold of tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outlet: str
    slug: str
    url: str
    title: str
    published: AwareDatetime
    section: str
    parts: tuple[tuple[Block, ...], ...]
    """The blocks of each page, the first page first."""
    authors: tuple[str, ...] = ()
    editor: str | None = None
    dateline: str | None = None
    """The place as the outlet writes it; the template adds the outlet's form."""
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Addresses of the outlet's listings that carry it."""
    story: str = ""
    """Key of the story it tells; empty where it tells none that we keep."""
    wire: str | None = None
    """The agency whose copy it is."""
    relevant: bool
    topics: tuple[str, ...] = ()
    traps: tuple[Trap, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Every paragraph of its text, without the dateline and without links to other articles."""
        return tuple(block.text for part in self.parts for block in part if not block.read_also)

    @property
    def charset(self) -> str:
        """The encoding its pages are sent in."""
        return "windows-1252" if Trap.WINDOWS_1252 in self.traps else "utf-8"


def read_articles(folder: Path = ARTICLES) -> list[WrittenArticle]:
    """Read every article under `folder`, newest first."""
    articles = [read_article(path) for path in sorted(folder.glob("*/*.md"))]
    return sorted(articles, key=lambda article: (article.published, article.url), reverse=True)


def read_article(path: Path) -> WrittenArticle:
    """Read the article in the file `<outlet>/<slug>.md`; PantauError names the file and what is wrong in it."""
    opening, front, text = _sections(path)
    if opening.strip():
        raise PantauError(f"{path} does not open with +++: put its front matter first.")
    try:
        return WrittenArticle.model_validate(
            {"outlet": path.parent.name, "slug": path.stem, "parts": _parts(text), **tomllib.loads(front)}
        )
    except tomllib.TOMLDecodeError as error:
        raise PantauError(f"The front matter of {path} is not TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise PantauError(f"In {path}, `{field}` is wrong: {first['msg']}.") from error


def _sections(path: Path) -> tuple[str, str, str]:
    try:
        opening, front, text = path.read_text("utf-8").split(FENCE, 2)
    except ValueError:
        raise PantauError(f"{path} has no front matter: put it between two lines of +++.") from None
    return opening, front, text


def _parts(text: str) -> tuple[tuple[Block, ...], ...]:
    blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block == PAGE_BREAK:
            parts.append([])
        else:
            parts[-1].append(Block(text=block.removeprefix(READ_ALSO), read_also=block.startswith(READ_ALSO)))
    return tuple(tuple(part) for part in parts)
