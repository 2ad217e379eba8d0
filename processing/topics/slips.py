"""An editor's slips in the taxonomy file: the first one is named in a sentence, with its line, before anything is judged."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NoReturn

from processing.errors import PantauError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLASSES: Final = ("strong", "medium", "weak")
LANGUAGES: Final = ("any", "id", "en")
TABLES: Final = ("iptc_release", "topic", "unrelated", "not_meant")
TOPIC_FIELDS: Final = ("code", "parent", "iptc", "plover", "label", *CLASSES)
UNRELATED_FIELDS: Final = ("code", "decisive", *LANGUAGES)
HEADER: Final = re.compile(r"\s*\[\[?\s*(\w+)\s*\]")
CODE: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the file: the top (no header), `[not_meant]`, or the topic or unrelated subject of a number from 0."""

    file: str
    text: str
    header: str = ""
    number: int = 0
    name: str = ""

    def fail(self, sentence: str, word: str = "") -> NoReturn:
        """Raise the PantauError of a slip, at the line of this block that has a word."""
        raise PantauError(f"{self.file}, line {self._line(word)}: {self.name}{sentence}")

    def _line(self, word: str) -> int:
        """Return the number of the block's first line that has the word in it, else that of its first line."""
        first, count, inside = 1, -1, not self.header
        for at, line in enumerate(self.text.splitlines(), 1):
            if self.header and (found := HEADER.match(line)):
                count += found[1] == self.header
                inside = found[1] == self.header and count == self.number
                first = at if inside else first
            if inside and word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line):
                return at
        return first


def read_table(path: Path) -> dict[str, Any]:
    """Return the table of a taxonomy file, its shape checked; a PantauError names the first slip."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise PantauError(f"The taxonomy {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise PantauError(f"{path.name} is not UTF-8: save it in that encoding.") from error
    except tomllib.TOMLDecodeError as error:
        raise PantauError(
            f"{path.name} is not valid TOML: {error}; look there and just above for a quote, comma or bracket amiss."
        ) from error
    top = _Block(path.name, text)
    _fields(top, table, TABLES, needed=("iptc_release", "topic"))
    _topics(top, table["topic"])
    for number, row in enumerate(_list(top, table, "unrelated")):
        _unrelated(_Block(path.name, text, "unrelated", number, f"unrelated subject {row.get('code', '')} "), row)
    _terms(_Block(path.name, text, "not_meant"), table.get("not_meant", {}), "not_meant")
    return table


def _topics(top: _Block, rows: Any) -> None:
    """Hold each topic's shape, and what no single one can: codes are there once, parents are of the first level."""
    seen: set[str] = set()
    for number, row in enumerate(_list(top, {"topic": rows}, "topic")):
        block = _Block(top.file, top.text, "topic", number, f"topic {row.get('code', '')} ")
        _topic(block, row)
        if row["code"] in seen:
            block.fail("has a code that another topic has: give it one of its own.", "code")
        seen.add(row["code"])
        parent = row.get("parent")
        roots = [
            other["code"] for other in rows if isinstance(other, dict) and "code" in other and "parent" not in other
        ]
        if parent is not None and parent not in roots:
            block.fail(
                f"names the parent {parent}, which is no topic of the first level{_near(parent, roots)}", "parent"
            )


def _topic(block: _Block, row: dict[str, Any]) -> None:
    _fields(block, row, TOPIC_FIELDS, needed=("code", "iptc", "label"))
    _code(block, row["code"])
    for field in ("parent", "iptc", "plover"):
        if not isinstance(row.get(field, ""), str):
            block.fail(f"needs {field} as a text in quotes.", field)
    label = row["label"]
    if (
        not isinstance(label, dict)
        or set(label) != {"id", "en"}
        or not all(isinstance(name, str) for name in label.values())
    ):
        block.fail('needs a label in id and en: label = { id = "…", en = "…" }.', "label")
    for strength in CLASSES:
        _terms(block, row.get(strength, {}), strength)


def _unrelated(block: _Block, row: dict[str, Any]) -> None:
    _fields(block, row, UNRELATED_FIELDS, needed=("code",))
    _code(block, row["code"])
    if not isinstance(row.get("decisive", False), bool):
        block.fail("needs decisive as true or false, without quotes.", "decisive")
    _terms(block, {name: row[name] for name in LANGUAGES if name in row}, "")


def _fields(block: _Block, row: dict[str, Any], known: Sequence[str], *, needed: Sequence[str]) -> None:
    for field in row:
        if field not in known:
            block.fail(f"has an unknown field {field}{_near(field, known)}", field)
    if missing := [field for field in needed if field not in row]:
        block.fail(f"lacks {' and '.join(missing)}.")


def _code(block: _Block, code: Any) -> None:
    if not isinstance(code, str) or not CODE.fullmatch(code):
        block.fail(f"has the code {code!r}; write one in small letters, digits and _, such as space_security.", "code")


def _list(block: _Block, table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = table.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        block.fail(f"write [[{name}]] in two pairs of brackets above each.", name)
    return rows


def _terms(block: _Block, by_language: Any, field: str) -> None:
    """Hold that terms are lists of texts, by language."""
    if not isinstance(by_language, dict):
        block.fail(f'has {field} without a language; write {field}.id = ["…"].', field)
    for language, patterns in by_language.items():
        where = f"{field}.{language}".strip(".")
        if language not in LANGUAGES:
            block.fail(f"has {where}, and {language} is no language here; write id, en or any.", where)
        if not isinstance(patterns, list):
            block.fail(f'needs a list for {where}, with brackets even around one term: ["…"].', where)
        for pattern in patterns:
            _pattern(block, pattern, where)


def _pattern(block: _Block, pattern: Any, where: str) -> None:
    """Hold that a term is a text in which something can be found, its braces in pairs."""
    if not isinstance(pattern, str):
        block.fail(f"has {pattern!r} in {where}; write every term in quotes.", where)
    if not any(map(str.isalnum, pattern)):
        block.fail(f"has an empty term {pattern!r} in {where}: delete it.", f'"{pattern}"')
    if not re.fullmatch(r"[^{}]*(\{[^{}]+\}[^{}]*)*", pattern):
        block.fail(f"has the term {pattern!r} in {where}, whose braces do not pair up.", pattern)


def _near(word: str, known: Sequence[str]) -> str:
    """End a sentence with the nearest word that is known, or with all of them."""
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known) or 'none'}."
