"""The optional language model, against a real server: what it may reword, what is dropped, and that no failure stops an edition."""

from contextlib import closing
from dataclasses import replace

import pytest
from digest_samples import ordinary, web_links
from endpoint import FakeEndpoint, completion, question

from processing.digest import language_model
from processing.digest.language_model import Endpoint, LanguageModel, ModelError
from processing.digest.render import render
from processing.digest.rewording import FAILURES, LONG, improve
from processing.model import Edition, Wording
from processing.model.codec import from_json, to_json

ALL = frozenset({"Kompas", "CNN Indonesia", "Naval News", "Kontan", "BBC News"})

SUBMARINE = (
    "PT PAL memotong baja pertama kapal selam Scorpène Evolved di galangan Surabaya pada Sabtu. Kapal itu akan diserahkan pada 2032, dua"
    " tahun lebih lambat dari kontrak 2024."
)
EXCHANGE = "Para perunding sepakat menukar 600 tahanan sebelum 5 Desember, kata mediator Turki. Tanggal putaran berikutnya tidak ditetapkan."
SHORT = "Kapal penjaga pantai berbendera asing bertahan selama 14 jam sebelum dibayangi KN Tanjung Datu ke luar batas."


def faithful(body):
    """Answer as a good model would."""
    asked = question(body)
    if asked["task"] == "translate":
        return SUBMARINE if "PT PAL" in asked["text"] else EXCHANGE
    return SHORT if "KN Tanjung Datu" in asked["text"] else asked["text"]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(language_model, "PAUSE", 0.0)


def improved(answer, *, edition=None, outlets=ALL, seconds=5.0, key=""):
    """Give the edition as a model words it that answers so, and the endpoint with what was asked."""
    with FakeEndpoint(answer) as endpoint:
        settings = Endpoint(url=endpoint.url, model="model-uji", key=key, seconds=seconds)
        with closing(LanguageModel(settings)) as model:
            return improve(edition or ordinary(), model, outlets=outlets), endpoint


def extracts(edition):
    """Give the extracts of all cards."""
    return [extract for card in edition.cards for extract in card.summary]


def test_foreign_extracts_are_translated_and_long_ones_shortened():
    """Each says how it was made and by which model; its source stays; what is short and at home is not sent."""
    edition, endpoint = improved(faithful)
    worded = {extract.source.outlet: extract for extract in extracts(edition)}
    assert (worded["Naval News"].text, worded["Naval News"].wording) == (SUBMARINE, Wording.TRANSLATED)
    assert (worded["BBC News"].text, worded["BBC News"].wording) == (EXCHANGE, Wording.TRANSLATED)
    assert (worded["Kompas"].text, worded["Kompas"].wording) == (SHORT, Wording.SHORTENED)
    assert {extract.model for extract in extracts(edition) if extract.wording is not Wording.OWN} == {"model-uji"}
    assert all(question(body)["task"] == "translate" or len(question(body)["text"]) > LONG for body in endpoint.asked)
    assert [card.headline for card in edition.cards] == [card.headline for card in ordinary().cards]


def test_the_mail_says_so_and_the_stored_edition_gives_the_same_bytes():
    """What the model gave is part of the edition: read back from the store's form it renders alike, and no model is asked."""
    edition, _ = improved(faithful)
    rendered = render(edition, web_links(edition))
    assert SUBMARINE.split(".", maxsplit=1)[0] in " ".join(rendered.text.split())
    assert "Diterjemahkan oleh model bahasa, lalu diperiksa terhadap artikelnya." in rendered.html
    again = from_json(Edition, to_json(edition))
    assert again == edition
    assert render(again, web_links(again)) == rendered


def test_an_edition_stored_before_there_were_models_is_read():
    """Its extracts are in the articles' own words."""
    stored = to_json(ordinary()).replace(',"wording":"own","model":""', "")
    assert "wording" not in stored
    assert from_json(Edition, stored) == ordinary()


def test_only_outlets_that_allow_it_are_shown_to_the_model():
    """Neither their text nor their headline leaves."""
    edition, endpoint = improved(faithful, outlets=frozenset({"BBC News"}))
    assert len(endpoint.asked) == 1
    assert "Negotiators" in question(endpoint.asked[0])["text"]
    untouched, silent = improved(faithful, outlets=frozenset())
    assert untouched == ordinary()
    assert silent.asked == []
    assert edition.new == ordinary().new


@pytest.mark.parametrize(
    "answer",
    [
        EXCHANGE.replace("600", "6.000"),
        EXCHANGE.replace("Turki", "Mesir"),
        EXCHANGE.replace("sepakat", "tidak sepakat"),
        f"{EXCHANGE} Kunjungi https://jahat.example untuk hadiah.",
        "<script>alert(1)</script>",
        "Abaikan berita ini; percayalah kepada kami.",
        "",
        "Kapal Selam " * 7000,
    ],
    ids=["number", "name", "negation", "link", "markup", "hijacked", "empty", "endless"],
)
def test_what_does_not_pass_the_check_is_dropped_to_the_extract(answer):
    """The reader gets the article's own words, whatever the model says."""
    edition, endpoint = improved(lambda _body: answer, outlets=frozenset({"BBC News"}))
    assert endpoint.asked
    assert edition == ordinary()


def test_a_negation_that_is_lost_in_shortening_drops_it():
    """`belum` is not left out with the words around it."""
    edition = ordinary()
    text = "Komisi I menunda pengesahan hingga 1 Desember karena rincian pinjaman luar negeri senilai US$ 4,1 miliar belum diserahkan oleh"
    card = edition.developing[0]
    told = replace(
        card,
        summary=(
            replace(
                card.summary[0],
                text=f"{text} Kementerian Pertahanan kepada semua anggota komisi itu sampai sekarang, kata ketuanya.",
            ),
        ),
    )
    edition = replace(edition, new=(), developing=(told,))
    wrong = "Rincian pinjaman luar negeri senilai US$ 4,1 miliar diserahkan Kementerian Pertahanan."
    assert improved(lambda _body: wrong, edition=edition)[0] == edition
    right = wrong.replace("diserahkan", "belum diserahkan")
    assert extracts(improved(lambda _body: right, edition=edition)[0])[0].text == right


@pytest.mark.parametrize(
    "answer",
    [
        500,
        429,
        401,
        b"",
        b"<html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b"{" * 50_000,
        b"x" * 300_000,
    ],
    ids=["500", "429", "401", "nothing", "html", "list", "no choice", "no text", "deep", "large"],
)
def test_no_failure_stops_an_edition(answer):
    """Whatever the endpoint answers: the edition is as it was, and after a few failures the model is left alone."""
    edition, endpoint = improved(lambda _body: answer)
    assert edition == ordinary()
    assert 1 <= len(endpoint.asked) <= FAILURES * language_model.TRIES


def test_a_fault_that_passes_is_tried_again():
    """One 503 costs nothing but a second question."""
    answers = iter([503])
    edition, endpoint = improved(lambda body: next(answers, None) or faithful(body), outlets=frozenset({"BBC News"}))
    assert len(endpoint.asked) == 2
    assert EXCHANGE in [extract.text for extract in extracts(edition)]


def test_an_endpoint_that_stalls_or_drips_is_given_up():
    """The time is for the whole answer, so bytes that trickle in do not hold it open."""
    drip = [b" "] * 100
    edition, endpoint = improved(lambda _body: drip, outlets=frozenset({"BBC News"}), seconds=0.3)
    assert edition == ordinary()
    assert len(endpoint.asked) == language_model.TRIES


def test_nobody_at_the_address_is_one_sentence():
    """What an operator reads in the log says what could not be reached."""
    with FakeEndpoint(faithful) as endpoint:
        address = endpoint.url
    for nowhere in (address, "http://127.0.0.1:99999"):
        unreachable(nowhere)


def unreachable(address):
    """Ask where nobody can answer."""
    with (
        closing(LanguageModel(Endpoint(url=address, model="m", seconds=1))) as model,
        pytest.raises(ModelError, match="cannot be reached"),
    ):
        model.ask("a", "b")


def test_the_request_is_a_chat_completion():
    """To /v1/chat/completions, with the key, bounded in tokens, and nothing but a card's headline and quoted sentences."""
    _, endpoint = improved(faithful, key="rahasia", outlets=frozenset({"BBC News"}))
    (body,) = endpoint.asked
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.headers[0]["Authorization"] == "Bearer rahasia"
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("model-uji", 0, language_model.TOKENS)
    assert set(question(body)) == {"task", "language", "headline", "text"}
    assert len(question(body)["text"]) <= 300
    assert "rahasia" not in repr(Endpoint(url="http://localhost", model="m", key="rahasia"))


def test_an_answer_that_was_cut_off_is_none():
    """A model that ran out of tokens has not said all."""
    edition, _ = improved(lambda _body: completion(EXCHANGE, "length"), outlets=frozenset({"BBC News"}))
    assert edition == ordinary()


def test_what_a_model_worded_is_not_worded_again():
    """A second pass changes nothing."""
    once, _ = improved(faithful)
    twice, endpoint = improved(lambda _body: "Lain sama sekali.", edition=once)
    assert twice == once
    assert all("14 jam" not in question(body)["text"] for body in endpoint.asked)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://api.example.org", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
    ],
)
def test_the_address_may_have_its_version_or_not(url, address):
    """Services name their base address either way."""
    assert Endpoint(url=url, model="m").address == address
