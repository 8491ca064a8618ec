"""The parts a proposal is made from: words of headers, dates, numbers, units, and the assignment."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake.proposing.assignment import assign
from schakel.intake.proposing.dates import date_format, is_date
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.headers import alike, familiar, read
from schakel.intake.proposing.numbers import number_format, said_unit, unit_from_sizes, value_unit


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "words"),
        [
            ("Relatienr", ["relatie", "nr"]),
            ("Fondsvermogen (mln)", ["fondsvermogen"]),
            ("EU-projectnummer", ["eu", "project", "nummer"]),
            ("Investering komende 3 jaar", ["investering"]),
            ("relnr", ["relatie", "nr"]),
            ("Omschr.", ["omschrijving"]),
            ("Datum t/m", ["datum", "t m"]),
            ("Aantal betrokken banen", ["aantal", "banen"]),
        ],
    )
    def test_are_read_as_words(self, header: str, words: list[str]) -> None:
        assert [word.text for word in read(header)] == words

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Klantnaam", "Naam organisatie"), ("Begindatum", "Startdatum"), ("Banen nieuw", "Nieuwe arbeidsplaatsen")],
    )
    def test_that_mean_the_same_are_alike(self, one: str, other: str) -> None:
        assert alike(one, other) > 0.8

    def test_that_mean_something_else_are_not(self) -> None:
        assert alike("Startdatum", "Postcode") == 0.0
        assert alike("Startdatum", "Einddatum") < alike("Startdatum", "Aanvang")

    def test_misspelt_words_are_recognised(self) -> None:
        assert alike("Penvoeder", "Penvoerder") > 0.7

    def test_a_sentence_is_no_header(self) -> None:
        assert not familiar("Proeftuin rond waterstofopslag")
        assert familiar("Startdatum project")

    @given(st.text(max_size=40))
    def test_any_text_can_be_read(self, text: str) -> None:
        assert 0.0 <= alike(text, "Naam organisatie") <= 1.0
        assert fold(fold(text)) == fold(text)


class TestDates:
    def test_what_is_none(self) -> None:
        assert not is_date("45-13-2023")
        assert not is_date("1.234.567")
        assert not is_date("P23-001")
        assert date_format(["aap", "noot"]) == ""

    @given(st.dates().filter(lambda day: day.year >= 1000))
    def test_iso_dates_are_recognised(self, day: object) -> None:
        assert date_format([str(day)]) == "yyyy-mm-dd"


class TestNumbers:
    @pytest.mark.parametrize(
        ("texts", "written"),
        [
            (["€ 1.152.000,00", "€ 12,50"], "1.234,56"),
            (["147.500", "1.593.500"], "1.234,56"),
            (["587500,00"], "1234,56"),
            (["1,152,000.00"], "1,234.56"),
            (["77.4"], "1234.56"),
            (["12", "5000"], ""),
        ],
    )
    def test_format(self, texts: list[str], written: str) -> None:
        assert number_format(texts) == written

    @pytest.mark.parametrize(
        ("said", "unit"),
        [
            ("Bedrag (kEUR)", "EUR thousand"),
            ("Bedrag (k€)", "EUR thousand"),
            ("Bedrag x 1.000", "EUR thousand"),
            ("Bedrag in duizenden euro's", "EUR thousand"),
            ("Bedrag x € 1.000.000", "EUR million"),
            ("Bedrag (€ mln)", "EUR million"),
            ("Bedrag in M€", "EUR million"),
            ("Bedrag (€)", "EUR"),
            ("amount_eur", "EUR"),
            ("Bedrag", ""),
        ],
    )
    def test_unit_said(self, said: str, unit: str) -> None:
        assert said_unit(said.replace("_", " ")) == unit

    def test_unit_beside_the_amount(self) -> None:
        assert [value_unit(text) for text in ("1,2 mln", "250k", "250.000")] == ["EUR million", "EUR thousand", ""]

    def test_unit_from_sizes_of_all_columns(self) -> None:
        assert unit_from_sizes([253.0, 54255.5, 310.0]) == "EUR thousand"
        assert unit_from_sizes([0.32, 40.4, 0.5]) == "EUR million"
        assert unit_from_sizes([147500.0, 52473000.0]) == "EUR"
        assert unit_from_sizes([]) == "EUR"


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(-5, 9), min_size=3, max_size=3), min_size=n, max_size=n)
    )
)
def test_assignment_is_the_best_there_is(gains: list[list[int]]) -> None:
    found = assign([[float(gain) for gain in row] for row in gains])
    taken = [place for place in found if place >= 0]
    assert len(taken) == len(set(taken))
    places = [*range(3), *([-1] * len(gains))]
    best = max(
        sum(gains[row][place] for row, place in enumerate(way) if place >= 0)
        for way in permutations(places, len(gains))
    )
    assert sum(gains[row][place] for row, place in enumerate(found) if place >= 0) == best
