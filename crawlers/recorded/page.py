"""Articles and listings rendered as their outlet would have sent them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime as rfc_822
from functools import cache

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawlers.recorded.article import Trap, WrittenArticle
from crawlers.recorded.site import OUTLETS, Site, SiteListing, Stranger
from processing.errors import PantauError

OTHERS = 6
"""How many other headlines a page has at hand for its boxes."""


class Newsroom:
    """One outlet's site and its articles (newest first): renders its documents."""

    def __init__(self, site: Site, articles: list[WrittenArticle]) -> None:
        self.site = site
        self.articles = articles
        self.items: tuple[WrittenArticle | Stranger, ...] = (*articles, *site.strangers)
        known = {listing.url for listing in site.listings}
        for item in self.items:
            for url in item.lists:
                if url not in known:
                    raise PantauError(
                        f"{item.url} names the listing {url}, which {site.name}'s site.toml does not have."
                    )

    def article_pages(self, article: WrittenArticle) -> dict[str, str]:
        """Give the HTML of each page of `article` by its address: the plain one shows page 1."""
        numbered = dict(enumerate(article.parts, start=1))
        pages = {
            article.url if number == 1 else f"{article.url}?page={number}": self._article(article, number, blocks)
            for number, blocks in numbered.items()
        }
        if self.site.whole:
            whole = [block for part in article.parts for block in part]
            pages[f"{article.url}?{self.site.whole}"] = self._article(article, None, whole)
        return pages

    def listing(self, listing: SiteListing, moment: datetime) -> tuple[str, datetime]:
        """Give the listing as it stood at `moment`, and when its newest item was published."""
        items = self.listed(listing, moment)
        text = self._render(listing.template, listing=listing, items=items, moment=moment)
        return text, max((item.published for item in items), default=moment)

    def listed(self, listing: SiteListing, moment: datetime) -> list[WrittenArticle | Stranger]:
        """Choose what the listing shows at `moment`, newest first."""
        items = [
            item
            for item in self.items
            if item.published <= moment
            and (listing.url in item.lists or (listing.everything and isinstance(item, WrittenArticle)))
        ]
        return sorted(items, key=lambda item: item.published, reverse=True)[: listing.window]

    def robots(self, host: str) -> str:
        """Give the robots.txt of one of its hosts."""
        return self._render("robots.txt", host=host)

    def not_found(self, stranger: Stranger) -> str:
        """Give the page that answers for an article that has gone."""
        return self._render("404.html", stranger=stranger)

    def _article(self, article: WrittenArticle, number: int | None, blocks: object) -> str:
        earlier = [other for other in self.articles if other.published < article.published]
        return self._render(
            "article.html",
            article=article,
            blocks=blocks,
            page=number,
            others=earlier[:OTHERS],
            false_zulu=Trap.FALSE_ZULU in article.traps,
            charset=article.charset,
        )

    def _render(self, template: str, **context: object) -> str:
        return _environment(self.site.name).get_template(template).render(site=self.site, **context)


@cache
def _environment(name: str) -> Environment:
    """Find a template in the outlet's own folder, then among those that outlets share."""
    environment = Environment(
        loader=FileSystemLoader([OUTLETS / name, OUTLETS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["image"] = image
    environment.filters |= {
        "printed": printed,
        "utc": lambda moment: moment.astimezone(UTC),
        "rfc822": rfc_822,
        "slug": slug,
        "cdata": cdata,
        "linked": linked,
    }
    return environment


def printed(moment: datetime, pattern: str, site: Site) -> str:
    """Print `moment` in the outlet's zone and language, by a CLDR pattern."""
    return format_datetime(site.local(moment), pattern, tzinfo=site.local(moment).tzinfo, locale=site.locale)


def image(site: Site, item: WrittenArticle | Stranger) -> str:
    """Give the address of an item's picture: in the outlet's form, but of no picture."""
    return site.image.format(slug=slug(item.title))


def slug(title: str) -> str:
    """Spell the words of a title as an address has them."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def cdata(text: str) -> Markup:
    """Make `text` a CDATA section."""
    return Markup("<![CDATA[{}]]>").format(Markup(str(text).replace("]]>", "]]]]><![CDATA[>")))  # noqa: S704 - written by us


def linked(text: str, tags: tuple[str, ...], address: str) -> Markup:
    """Escape `text`, and link the first of the tags that it names to the tag's page (`address` with `{slug}`)."""
    for tag in tags:
        before, word, after = _parted(text, tag)
        if word:
            link = address.format(slug=slug(tag))
            return Markup('{}<a href="{}" class="inner-link-tag">{}</a>{}').format(before, link, word, after)
    return Markup("{}").format(text)


def _parted(text: str, word: str) -> tuple[str, str, str]:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")
