"""Whoever types a word of a title finds it: in any case, without accents, in any order, or its beginning."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from schakel.search.asking import asked
from schakel.search.documents import Document, vector
from schakel.search.folding import chunks, folded, number_tokens, stems, tokens

pytestmark = pytest.mark.django_db

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789éèëïöüçñøåæœßĳşłÉÖÅÇİı&.-'’/()"
WORD = st.text(_LETTERS, min_size=1, max_size=14).filter(lambda word: any(map(str.isalnum, word)))
TITLE = st.lists(WORD, min_size=1, max_size=6)
ANYTHING = st.text(max_size=80)


def matches(document: Document, question: str) -> bool:
    """Whether the database finds the document by the question."""
    said = asked(question)
    if said is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector(document), said.found])
        return cursor.fetchone()[0]


def titled(title: str, **more: object) -> Document:
    return Document(owner=1, kind="project", id="1", title=title, **more)


@given(title=TITLE, data=st.data())
def test_any_words_of_a_title_find_it_in_any_order_and_case(title, data):
    some = data.draw(st.permutations(title).flatmap(lambda words: st.integers(1, len(words)).map(lambda n: words[:n])))
    change = data.draw(st.sampled_from([str.lower, str.upper, str.title, folded, lambda text: text]))
    assert matches(titled(" ".join(title)), change(" ".join(some)))


@given(title=TITLE, data=st.data())
def test_the_beginning_of_the_last_word_is_enough(title, data):
    *whole, last = data.draw(st.permutations(title))
    begun = last[: data.draw(st.integers(1, len(last)))]
    if any(map(str.isalnum, begun)):
        assert matches(titled(" ".join(title)), " ".join([*whole, begun]))


@given(title=TITLE, other=st.text("qxj", min_size=15, max_size=20))
def test_a_word_that_is_not_there_finds_nothing(title, other):
    assert not matches(titled(" ".join(title)), f"{other} {title[0]}")


@given(text=ANYTHING, owner=st.integers(1, 10**9))
def test_whatever_is_typed_is_a_question_the_database_can_read_and_names_no_owner(text, owner):
    document = Document(owner=owner, kind="project", id="1", title=text, words=text)
    assert matches(document, text) == any(True for _ in chunks(text))
    said = asked(text)
    assert said is None or "@" not in said.found + said.exact + said.titled


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Slimme bedrijven", "bedrijf"),
        ("Het bedrijf", "bedrijven"),
        ("Aanlevering van projecten", "project aanleveringen"),
        ("Growing companies", "company"),
        ("Energietransitie in de wijk", "energietrans"),
        ("AgroLoop B.V.", "agroloop bv"),
        ("AgroLoop B.V.", "loop"),
        ("AgroLoop B.V.", "AGROLOOP b.v."),
        ("Zonneveld BV", "zonneveld b.v"),
        ("Coöperatie Groen & Zn.", "cooperatie groen"),
        ("Cooperatie Groen", "coöperatie"),
        ("Smørrebrød Łódź", "smorrebrod lodz"),
        ("'s-Hertogenbosch", "hertogenbosch"),
        ("'s-Hertogenbosch", "s-hertogenb"),
    ],
)
def test_words_are_found_as_people_write_them(title, question):
    assert matches(titled(title), question)


@pytest.mark.parametrize(
    ("number", "question"),
    [
        ("12345678", "12345678"),
        ("12345678", "1234 5678"),
        ("12345678", "123456"),
        ("P-2023-014", "P-2023-014"),
        ("P-2023-014", "p2023014"),
        ("P-2023-014", "P-2023-0"),
        ("P-2023-014", "2023-014"),
        ("NL123456789B01", "NL 1234.56.789.B01"),
        ("NL123456789B01", "123456789"),
    ],
)
def test_numbers_are_found_whole_and_by_their_beginning(number, question):
    assert matches(titled("Iets", numbers=(number,)), question)


def test_words_alike_are_told_apart():
    assert not matches(titled("Slimme kas"), "slim kastanje")
    assert not matches(titled("Iets", numbers=("12345678",)), "2345678")
    assert stems("014") == frozenset()
    assert tokens("AgroLoop") >= {"agroloop", "agro", "loop"}
    assert number_tokens("P-2023-014") == {"p2023014", "2023014", "014"}
