"""What a page says of itself: JSON-LD (graphs, lists, broken ones too), OpenGraph and other `meta` elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from processing.cleaning.text import tidy
from processing.extraction.json_ld import json_objects

ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Recipe|CreativeWork)$")
META_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "pubdate", "publication_date", "published_time", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "sailthru.date", "content_publisheddate", "originalpublicationdate", "dc.date.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "article.published", "rnews:datepublished", "cxenseparse:publishtime",
    "bt:pubdate", "date", "article:published", "mediator_published_time", "article_date_original", "created",
)  # fmt: skip
META_AUTHORS = (
    "author", "article:author", "og:article:author", "content_author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "byl", "dd:author", "article.author", "mediator_author", "cxenseparse:author", "twitter:data1:author",
)  # fmt: skip
META_SECTIONS = (
    "article:section",
    "og:article:section",
    "content_category",
    "section",
    "parsely-section",
    "dd:kanal",
    "category",
)
META_TAGS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "content_tag")


@dataclass(slots=True)
class Said:
    """One source's account of the article, as it stands there: dates are strings, lists may be empty."""

    title: str = ""
    published: str = ""
    modified: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    language: str = ""
    description: str = ""
    body: str = ""
    publisher: str = ""


def read_json_ld(tree: LexborHTMLParser) -> Said:
    """Read the page's JSON-LD article; an empty account where there is none."""
    nodes = json_objects(tree)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return Said()
    node = max(articles, key=_richness)
    return Said(
        title=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        authors=_names(node.get("author") or node.get("creator"), by_id),
        section=_first(node.get("articleSection")),
        tags=_strings(node.get("keywords")),
        image=_image(node.get("image") or node.get("thumbnailUrl"), by_id),
        language=_text(node.get("inLanguage")),
        description=_text(node.get("description")),
        body=_text(node.get("articleBody")),
        publisher=next(iter(_names(node.get("publisher"), by_id)), ""),
    )


def read_meta(tree: LexborHTMLParser) -> Said:
    """Read the page's `meta` elements, `html lang` among them."""
    meta = _metas(tree)

    def first(names: Iterable[str]) -> str:
        return next((meta[name][0] for name in names if name in meta), "")

    return Said(
        title=first(("og:title", "twitter:title", "title", "dc.title", "parsely-title")),
        published=first(META_DATES),
        modified=first(("article:modified_time", "og:updated_time", "last-modified", "datemodified")),
        authors=next((meta[name] for name in META_AUTHORS if name in meta), []),
        section=first(META_SECTIONS),
        tags=[tag for name in META_TAGS[:1] for tag in meta.get(name, [])]
        or [tag.strip() for tag in first(META_TAGS[1:]).split(",") if tag.strip()],
        image=first(
            ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail")
        ),
        language=_language(tree) or first(("og:locale", "content-language", "language")),
        description=first(("og:description", "description", "twitter:description")),
        publisher=first(("og:site_name", "application-name", "dc.publisher")),
    )


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Give all `meta` contents by their name in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        content = tidy(attributes.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _language(tree: LexborHTMLParser) -> str:
    """Give what the page's root element declares."""
    return tree.root.attributes.get("lang") or "" if tree.root is not None else ""


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        ARTICLE_TYPE.search(kind) for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)
    )


def _richness(node: dict[str, Any]) -> int:
    """Count how much of an article an object describes: teasers of others say less."""
    return sum(
        key in node
        for key in ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage", "image")
    )


def _text(value: Any) -> str:
    """Give a plain string of what may be one, a list of them or an object with a value."""
    if isinstance(value, list):
        value = next((item for item in value if item), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("text") or ""
    return tidy(unescape(value)) if isinstance(value, str) else ""


def _first(value: Any) -> str:
    """Give the first of a list, or of names joined by commas."""
    return _text(value).split(",")[0].strip()


def _strings(value: Any) -> list[str]:
    """Give a list of strings, of a list or of one string with commas."""
    items = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
    return [text for item in items[:100] if (text := _text(item))]


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """Give the names of persons or organisations, looking up those given by reference."""
    names: list[str] = []
    for item in value[:50] if isinstance(value, list) else [value]:
        node = by_id.get(item.get("@id", ""), item) if isinstance(item, dict) and "name" not in item else item
        if isinstance(node, dict) and isinstance(node.get("name"), list):
            names += _strings(node["name"])
        elif isinstance(item, list):
            names += _strings(item)
        elif name := _text(node):
            names.append(name)
    return names


def _image(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """Give the address of the first image."""
    if isinstance(value, list):
        value = next((item for item in value if item), "")
    if isinstance(value, dict):
        node = by_id.get(value.get("@id", ""), value) if "url" not in value else value
        value = node.get("url") or node.get("contentUrl") or ""
    return _text(value)


def unescape(text: str) -> str:
    """Resolve character references, which sites leave in their JSON, twice over at times."""
    return html.unescape(html.unescape(text)) if "&" in text else text
