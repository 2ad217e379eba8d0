"""A round of labelling at a terminal: an article, a key, the next article."""

from __future__ import annotations

import sys
import termios
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from desk.labels import Labels, Row
from desk.steps.labelling import Candidate
from processing.topics import taxonomy

console = Console(highlight=False)

LEAD = 2
LONGEST = 600
"""Paragraphs and characters of a text that are shown: labels are given by title and lead."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HELP = "[bold]y[/]es  [bold]n[/]o  [bold]t[/]opics  [bold]?[/] unsure  [bold]s[/]kip  [bold]u[/]ndo  [bold]q[/]uit"
ENTER = "\r\n"
BLANK = ENTER + " "
END_OF_INPUT = "\x04"
"""Ctrl-D, where a terminal gives every key at once."""

Texts = dict[str, tuple[str, str]]
"""Title and text, by id."""


@contextmanager
def keys_of_standard_input() -> Iterator[Callable[[], str]]:
    """Give a function that waits for one key: from a terminal without Enter and unseen, else the next character; empty at the end."""
    if not sys.stdin.isatty():
        yield lambda: sys.stdin.read(1)
        return

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield lambda: sys.stdin.read(1).replace(END_OF_INPUT, "")
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


@dataclass(slots=True)
class Round:
    """One round of questions: where it is, and which answers can be taken back."""

    labels: Labels
    asked: Sequence[Candidate]
    content: Texts
    key: Callable[[], str]
    at: int = 0

    def go(self) -> None:
        """Ask about one article after another, until `q` or the end of the input, or the last one's answer is left to stand."""
        while True:
            one = self.asked[self.at] if self.at < len(self.asked) else None
            if one:
                self._show(one)
                pressed = self._pressed()
            else:
                console.print("That was the last: [bold]u[/] undoes it, any other key ends.")
                pressed = self.key().lower()
            if pressed == "u":
                self._undo()
            elif one is None or pressed in ("q", ""):
                return
            else:
                self._answer(one, pressed)

    def _pressed(self) -> str:
        """Wait for a key that is an answer; empty at the end of the input."""
        while (pressed := self.key().lower()) not in ("y", "n", "t", "?", "s", "u", "q", ""):
            if pressed not in BLANK:
                console.print(HELP)
        return pressed

    def _answer(self, one: Candidate, pressed: str) -> None:
        if pressed != "s":
            topics = self._topics(one) if pressed == "t" or (pressed == "y" and not one.topics) else one.topics
            row = self._row(one, relevant=pressed in "yt", topics=topics, unsure=pressed == "?")
            self.labels.add(row)
            said = "unsure" if row["unsure"] else "yes" if row["relevant"] else "no"
            console.print(f"[green]{said}[/] {', '.join(row['topics'])}")
        self.at += 1

    def _undo(self) -> None:
        """Go back by one article, and take its label back."""
        if not self.at:
            console.print("There is nothing to undo.")
            return
        self.at -= 1
        if self.asked[self.at].id in self.labels.held:
            self.labels.undo(self.asked[self.at].id)

    def _topics(self, one: Candidate) -> tuple[str, ...]:
        """Ask for topics by their letters: each switches one on or off, Enter ends."""
        known = [topic for topic in taxonomy().topics.values() if topic.parent is None]
        chosen = dict.fromkeys(one.topics)
        for letter, topic in zip(LETTERS, known, strict=False):
            console.print(f"  [bold]{letter}[/] {escape(topic.labels['en'])}")
        while True:
            console.print(f"  Topics: {', '.join(chosen) or 'none'}; letters change them, Enter ends.")
            pressed = self.key().lower()
            if not pressed or pressed in ENTER:
                return tuple(chosen)
            if pressed in LETTERS[: len(known)]:
                code = known[LETTERS.index(pressed)].code
                chosen.pop(code) if code in chosen else chosen.setdefault(code)

    def _row(self, one: Candidate, *, relevant: bool, topics: Sequence[str], unsure: bool) -> Row:
        title, text = self.content[one.id]
        return {
            "id": one.id,
            "lang": one.lang,
            "title": title,
            "text": text,
            "relevant": relevant,
            "topics": list(topics) if relevant else [],
            "unsure": unsure,
            "stratum": "random" if one.random else "enriched",
            "url": one.url,
            "labelled_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "event_group": one.event_group,
        }

    def _show(self, one: Candidate) -> None:
        title, text = self.content[one.id]
        seen = f" · {one.seen_at:%Y-%m-%d}" if one.seen_at else ""
        lead = "\n".join([line for line in text.splitlines() if line.strip()][:LEAD])[:LONGEST]
        console.rule(f"{self.at + 1} of {len(self.asked)}")
        console.print(
            f"{_plain(one.outlet)}{seen} · score {one.score:.2f} · {', '.join(one.topics) or 'no topic'}", style="dim"
        )
        console.print(f"[bold]{_plain(title)}[/]\n{_plain(lead)}\n\n{HELP}")


def _plain(text: str) -> str:
    """Give a stranger's text fit for a terminal: no control characters, no markup."""
    return escape("".join(char if char.isprintable() or char == "\n" else " " for char in text))
