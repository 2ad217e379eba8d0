"""The pages' words: the same in both languages, none of them the digest's, and all of them used."""

import re
import tomllib

import pytest

from processing.templating import TEMPLATES, labels


def keys(table, prefix=""):
    """Give the whole names of a table's values."""
    for key, value in table.items():
        if isinstance(value, dict) and not set(value) <= {"one", "other"}:
            yield from keys(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def places(label):
    """Give the places of a label."""
    texts = label.values() if isinstance(label, dict) else [label]
    return {place for text in texts for place in re.findall(r"{(\w+)}", text)}


def test_both_languages_say_the_same():
    """Key by key, with the same places."""
    assert set(keys(labels("web", "id"))) == set(keys(labels("web", "en")))
    for name in keys(labels("web", "id")):
        section, key = name.split(".")
        assert places(labels("web", "id")[section][key]) == places(labels("web", "en")[section][key]), name


def test_no_section_hides_one_of_the_digests():
    """The pages speak the digest's words too."""
    assert not set(labels("web", "id")) & set(labels("digest", "id"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_labels_are_plain(language):
    """One line each, no markup: templates escape what they show."""
    text = (TEMPLATES / "web" / f"labels.{language}.toml").read_text(encoding="utf-8")
    assert "<" not in text
    assert tomllib.loads(text) == labels("web", language)


def test_every_label_is_used():
    """A label that no template or module names is gone from the pages, and should go from the file."""
    sources = [*(TEMPLATES / "web").glob("*.html"), *TEMPLATES.parent.joinpath("web").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    built = (
        "sorry.",
        "done.",
        "wrong.",
        "privacy.",
        "story.as_",
        "search.span_",
        "reader.state_",
    )
    unused = [name for name in keys(labels("web", "id")) if name not in text and not name.startswith(built)]
    assert unused == []
