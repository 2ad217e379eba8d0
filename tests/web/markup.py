"""A page as a browser parses it, and what every page must hold to."""

from __future__ import annotations

import itertools
from xml.etree.ElementTree import Element

import html5lib
from html5lib import treebuilders

OWN = ("/", "?", "#")


def parsed(html: str) -> list[Element]:
    """Give the elements of a page, in their order; a fault in its HTML fails the test."""
    parser = html5lib.HTMLParser(tree=treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(html)
    assert parser.errors == []
    return [element for element in document.iter() if isinstance(element.tag, str)]


def said(element: Element) -> str:
    """Give all text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def links(elements: list[Element]) -> list[str]:
    """Give where the links of a page lead."""
    return [element.get("href") for element in elements if element.tag == "a"]


def sound(html: str) -> list[Element]:
    """Check what holds for every page, and give its elements.

    One h1; headings in their order; a language; a label for each field; nothing inline that the policy would block; ids
    once; links to our own pages or over https alone.
    """
    found = parsed(html)
    tags = [element.tag for element in found]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert found[0].get("lang") in {"id", "en"}
    assert not {"script", "style", "img", "iframe", "object", "base", "font"} & set(tags)
    levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4"}]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels
    named = [element.get("id") for element in found if element.get("id")]
    assert len(named) == len(set(named))
    for element in found:
        assert not any(name.startswith("on") or name == "style" for name in element.attrib), element.attrib
    targets = {element.get("for") for element in found if element.tag == "label"}
    wrapped = {id(inner) for element in found if element.tag == "label" for inner in element.iter()}
    for element in found:
        if element.tag in {"input", "select", "textarea"} and element.get("type") != "hidden":
            assert element.get("id") in targets or id(element) in wrapped, element.attrib
    for address in links(found):
        assert address.startswith((*OWN, "https://")), address
    for element in found:
        if element.tag == "form":
            assert element.get("action", "").startswith("/")
    return found
