"""`pantau topics`: what Pantau watches, and how it learns to tell it."""

from __future__ import annotations

import typer

from desk.verbs import topics_train

app = typer.Typer(help="What Pantau watches: learn from labels.", no_args_is_help=True)
topics_train.register(app)


@app.callback()
def topics() -> None:
    """Make a group of the verbs, though there be one."""
