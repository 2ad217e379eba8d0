"""The `pantau` command."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from desk.home import CHECKOUT
from processing.errors import PantauError

app = typer.Typer(
    name="pantau",
    help="Watches the news for people who follow defence and geopolitics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def demo(keep: Annotated[bool, typer.Option("--keep", help="Leave the desk running, with its UI.")] = False) -> None:
    """Live through two recorded days: crawl, read, judge, join, and mail two digests to a local mailbox."""
    from desk import demo as recorded  # noqa: PLC0415 - verbs load what they need

    recorded.run(keep=keep)


@app.command()
def up() -> None:
    """Run the desk on the live outlets until it is told to stop."""
    from desk import up as live  # noqa: PLC0415

    live.run()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(arguments: typer.Context) -> None:
    """Run the tests; what follows goes to pytest."""
    command = [sys.executable, "-m", "pytest", *arguments.args]
    raise typer.Exit(subprocess.run(command, cwd=CHECKOUT, check=False).returncode)


@app.command(hidden=True)
def python() -> None:
    """Print the path of the environment's Python, for scripts."""
    typer.echo(sys.executable)


def main() -> None:
    """Run the command; a fault that a person can mend is one sentence."""
    try:
        _verbs()(prog_name="pantau")
    except PantauError as error:
        sys.stderr.write(f"pantau: {error}\n")
        sys.exit(2)


def _verbs() -> typer.Typer:
    """Give the whole command; `demo`, `up`, `test` and `web` alone are had without loading the rest."""
    if not set(sys.argv[1:2]) & {"demo", "up", "test", "python", "web"}:
        from desk.verbs import (  # noqa: PLC0415
            alerts,
            backfill,
            dkim,
            explain,
            forget,
            label,
            lines,
            mail,
            outbox,
            outlet,
            readers,
            retention,
            route,
            search,
            series,
            status,
            story,
            topics,
        )

        for verbs in (route, backfill, status, search, lines, label, explain, forget, retention, outbox):
            app.add_typer(verbs.app)
        app.add_typer(alerts.app, name="alerts")
        app.add_typer(outbox.deliveries, name="deliveries")
        app.add_typer(mail.app, name="mail")
        app.add_typer(dkim.app, name="dkim")
        app.add_typer(readers.app, name="readers")
        app.add_typer(outlet.app, name="outlet")
        app.add_typer(series.app, name="series")
        app.add_typer(story.app, name="story")
        app.add_typer(topics.app, name="topics")
    if not set(sys.argv[1:2]) & {"demo", "up", "test", "python"}:
        from desk.verbs import web  # noqa: PLC0415

        app.add_typer(web.app)
    return app


if __name__ == "__main__":
    main()
