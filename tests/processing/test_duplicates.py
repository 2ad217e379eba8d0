"""Copies: what is known as the same text whatever was done to it, and what only looks alike."""

import random
from array import array

import pytest

from benchmarks import story_copies as benchmark
from benchmarks.bulletins import FORMS, filled
from benchmarks.copy_edits import EDITS, corrected, fewer_words, words_replaced
from processing import duplicates
from processing.duplicates import Copies
from processing.wording import LONGEST, copied, wording

FLOORS = {"words_replaced": 0.985, "corrected": 0.985}
"""Recall of copies by what was done to the text, where it is not all but whole."""

RECALL = 0.995

FALSE = 2
"""Articles of 834 called a copy before any was made that are none: both repeat what one outlet wrote on one death."""

OPENINGS = {0.3: 0.01, 0.4: 0.005}
"""Share of articles called a copy whose end stands behind another's opening, by how much of it that is."""


@pytest.fixture(scope="module")
def texts(shared):
    """Give the labelled articles of which copies are made."""
    return benchmark.texts_of(shared / "corpus", benchmark.MEASURED)


def article(seed: int = 1, length: int = 240) -> str:
    """Give a text of sentences of ten words of no sense, with a number in every other one."""
    chance = random.Random(seed)
    words = [f"k{chance.randrange(5000):x}" for _ in range(length)]
    words[::20] = [str(chance.randrange(100)) for _ in words[::20]]
    return ". ".join(" ".join(words[at : at + 10]) for at in range(0, length, 10))


@pytest.mark.corpus
@pytest.mark.heavy
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_copies_are_known_whatever_the_edit(texts, edit):
    """Each kind of edit leaves nearly every copy known."""
    assert benchmark.recall(texts, edit) >= FLOORS.get(edit.__name__, RECALL)


@pytest.mark.corpus
@pytest.mark.heavy
def test_hardly_an_article_is_called_a_copy_that_is_none(texts, shared):
    """Neither of the 834 nor of all that are labelled."""
    for found in (texts, benchmark.texts_of(shared / "corpus", benchmark.LABELLED)):
        assert len(set(benchmark.called(found)) - set(benchmark.READ)) <= FALSE


@pytest.mark.corpus
@pytest.mark.heavy
@pytest.mark.parametrize("share", OPENINGS)
def test_what_ends_alike_is_no_copy(texts, share):
    """An article that begins with its own news and goes on with the background of another is an article."""
    assert benchmark.other_openings(texts, share) <= OPENINGS[share]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_bulletins_of_one_form_are_no_copies(form):
    """Each of a form's bulletins tells its own numbers, so none copies one of the fourteen before."""
    assert benchmark.bulletins(form) == 0


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_bulletin_that_comes_again_is_a_copy(form):
    """With the same numbers it tells the same, behind another dateline, whatever others of its form came before."""
    chance, copies = random.Random(2), Copies()
    for number in range(30):
        copies.add(str(number), filled(form, chance))
    last = filled(form, chance)
    assert copies.add("original", last) is None
    assert copies.add("copy", f"Batam, Pantau. {last} (ant)") == "original"


def test_briefs_of_one_form_are_no_copies():
    """Bulletins that differ by a number or a place tell different facts; one that comes again word for word is a copy."""
    copies = Copies()
    first = "Gempa bermagnitudo 5,1 mengguncang Ambon pada Senin pagi, tidak berpotensi tsunami, kata BMKG."
    assert copies.add("a", first) is None
    assert copies.add("b", first.replace("5,1", "4,8").replace("Ambon", "Ternate")) is None
    assert copies.add("c", first) == "a"


@pytest.mark.parametrize("edit", [fewer_words, words_replaced, corrected])
def test_an_edited_text_copies_the_first_that_told_it(edit):
    """Words dropped or replaced all over, or a corrected number, make no text of its own."""
    copies, chance = Copies(), random.Random(1)
    for number in range(20):
        copies.add(str(number), article(number))
    assert copies.add("a", edit(article(7), chance)) == "7"
    assert copies.add("b", edit(article(7), chance)) == "7"


def test_words_count_in_their_order():
    """The same words shuffled one by one are another text; sentences in another order are the same."""
    chance, sentences = random.Random(1), article().split(". ")
    words = " ".join(sentences).split()
    told = wording(words)
    assert not copied(wording(chance.sample(words, len(words))), told)
    assert copied(wording(" ".join(chance.sample(sentences, len(sentences))).split()), told)


def test_a_number_that_only_one_text_has_is_no_other_number():
    """A shortened bulletin is a copy though half of its numbers went with what was cut."""
    words = [str(at) if at % 4 == 0 else f"k{at}" for at in range(200)]
    assert copied(wording(words[:150]), wording(words))
    other = [f"{word}9" if word.isdecimal() else word for word in words]
    assert not copied(wording(other), wording(words))


def test_what_is_kept_of_a_word_is_the_same_in_every_process():
    """Or else a text could be a copy today and none tomorrow."""
    assert wording(["kapal", "itu", "12", "mil"]) == (array("H", [38780, 61269, 8373, 50594]), "12")


def test_the_end_of_a_very_long_text_is_not_compared():
    """A page of megabytes would take minutes."""
    told = wording([f"k{at}" for at in range(2 * LONGEST)])
    assert len(told.words) == LONGEST
    assert copied(told, wording([f"k{at}" for at in range(3 * LONGEST)]))


@pytest.mark.parametrize("text", ["", "Satu", "Dua kata", "!!! ..."])
def test_what_is_no_sentence_copies_nothing(text):
    """Nothing to go by is no reason to fold."""
    copies = Copies()
    copies.add("a", text)
    assert copies.add("b", text) is None


def test_few_texts_are_compared_however_many_are_alike(monkeypatch):
    """The nearest ones, so that a form filled in a thousand times costs no more than one filled in two hundred times."""
    compared = []
    monkeypatch.setattr(duplicates, "LOOKED_AT", 5)
    monkeypatch.setattr(duplicates, "copied", lambda new, known: compared.append(known) or copied(new, known))
    chance, copies, form = random.Random(3), Copies(), next(iter(FORMS.values()))
    for number in range(40):
        compared.clear()
        copies.add(str(number), filled(form, chance))
    assert len(compared) == 5
    again = filled(form, chance)
    copies.add("original", again)
    assert copies.add("copy", again) == "original"
