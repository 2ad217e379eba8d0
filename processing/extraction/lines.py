"""An article as a JSON line: what `pantau read` gives."""

from __future__ import annotations

from typing import Any

from processing.model import Article


def as_line(article: Article, id: str) -> dict[str, Any]:  # noqa: A002 (the field's name)
    """Give the line for one article; `body` has a line a paragraph, `published_at` its zone, and absent fields are null."""
    return {
        "id": id,
        "title": article.title,
        "body": article.body,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "authors": list(article.authors),
        "editor": article.editor,
        "dateline": article.dateline,
        "section": article.section,
        "image": article.image,
        "language": article.language,
        "read_by": dict(article.read_by),
    }
