"""Codes, countries, agencies and the state's numbers."""

from importlib import import_module

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake.interpreting import fields, identifiers, lookups
from schakel.intake.interpreting.cells import Cells, Values
from schakel.intake.kinds import Field, kinds
from schakel.intake.mapping import FieldSource
from schakel.intake.tables import CELL_TYPE
from schakel.words import Words

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    import_module(f"schakel.{room}.kinds")

CODE_FIELDS = [field for kind in kinds() for field in kind.fields if field.type == "code"]
NAMES = {
    "bom": "bom",
    "oost nl": "oost-nl",
    "oost nv": "oost-nl",
    "innovationquarter": "innovationquarter",
    "iq": "innovationquarter",
}


def cells(*texts: str | None, type: str = "text") -> Cells:
    return Cells(pl.Series("text", texts, dtype=pl.String), pl.Series("type", [type] * len(texts), dtype=CELL_TYPE))


def one(found: Values) -> tuple[object, str | None]:
    value = found.values[0]
    return value.to_list() if isinstance(value, pl.Series) else value, found.faults[0]


@settings(deadline=None)
@given(st.sampled_from(CODE_FIELDS), st.data())
def test_every_code_is_known_by_label_value_and_synonym_however_spelled(field: Field, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(field.codes))
    name = data.draw(st.sampled_from((code.value, code.labels.nl, code.labels.en, *code.synonyms)))
    text = data.draw(st.sampled_from((name, name.upper(), name.replace("-", " "), name.replace(" ", "  "), name + ".")))
    assert one(lookups.code(cells(text), field, {})) == (code.value, None)


def test_a_mapping_translates_before_labels_do() -> None:
    field = CODE_FIELDS[0]
    last = field.codes[-1].value
    assert one(lookups.code(cells(field.codes[0].labels.nl), field, {field.codes[0].labels.nl: last})) == (last, None)


def test_an_unknown_code_is_said() -> None:
    assert one(lookups.code(cells("zomaar iets"), CODE_FIELDS[0], {})) == (None, "code.unknown")


@settings(deadline=None)
@given(st.sampled_from(sorted(lookups.country_names().items())))
def test_every_country_by_its_names(pair: tuple[str, str]) -> None:
    assert lookups.country_code(pair[0].title()) == pair[1]


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Zuid-Korea", "KR"),
        ("Israel", "IL"),
        ("Israël", "IL"),
        ("Verenigde Arabische Emiraten", "AE"),
        ("Taiwan", "TW"),
        ("USA", "US"),
        ("Verenigd Koninkrijk", "GB"),
        ("België", "BE"),
        ("Germany", "DE"),
        ("nl", "NL"),
    ],
)
def test_countries_in_two_languages(name: str, iso: str) -> None:
    assert one(lookups.country(cells(name), {})) == (iso, None)


TOGETHER = Field("together_with", "agencies", Words("Samen met", "Together with"), several=True)


@pytest.mark.parametrize(
    "text", ["Oost NL, BOM", "oost nl;bom", "OOST NV / BOM", "Oost NL en BOM", "Oost NL & BOM", "Oost NL, BOM, "]
)
def test_agencies_however_listed(text: str) -> None:
    assert one(fields.read(cells(text), TOGETHER, FieldSource(), NAMES)) == (["oost-nl", "bom"], None)


def test_an_unknown_agency_does_not_hide_the_known() -> None:
    assert one(fields.read(cells("BOM, Provincie"), TOGETHER, FieldSource(separator=","), NAMES)) == (
        ["bom"],
        "agencies.unknown",
    )


def test_several_values_keep_their_rows() -> None:
    found = fields.read(cells(None, "BOM", "x", "BOM, Oost NL"), TOGETHER, FieldSource(separator=","), NAMES)
    assert found.values.to_list() == [None, ["bom"], [], ["bom", "oost-nl"]]
    assert found.faults.to_list() == [None, None, "agencies.unknown", None]


@settings(deadline=None)
@given(st.integers(min_value=10**4, max_value=10**8 - 1))
def test_kvk_numbers_get_their_zeros_back(number: int) -> None:
    found = identifiers.kvk(cells(str(number), type="number"))
    assert one(found) == (f"{number:08}", "kvk.padded" if number < 10**7 else None)


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("12345678", "12345678", None),
        ("12 34 56.78", "12345678", None),
        ("123456780001", "12345678", "kvk.branch"),
        ("1234", None, "kvk.unreadable"),
        ("00000000", None, "kvk.unreadable"),
        ("1234567A", None, "kvk.unreadable"),
    ],
)
def test_kvk(text: str, value: str | None, fault: str | None) -> None:
    assert one(identifiers.kvk(cells(text))) == (value, fault)


@pytest.mark.parametrize("text", ["NL820652684B01", "nl 8206.52.684.b01", "820652684B01", "NL-820652684-B01"])
def test_vat_numbers_however_dotted(text: str) -> None:
    assert one(identifiers.vat(cells(text))) == ("NL820652684B01", None)
    assert one(identifiers.rsin(cells(text)))[0] in ("820652684", None)


@settings(deadline=None)
@given(st.integers(min_value=10**7, max_value=10**9 - 1))
def test_eleven_proof_agrees_with_its_definition(number: int) -> None:
    digits = [int(c) for c in f"{number:09}"]
    right = (sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=False)) - digits[8]) % 11 == 0
    assert pl.select(identifiers.passes_eleven_proof(pl.lit(f"{number:09}"))).item() == right


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("1234 AB", "1234AB", None),
        ("1234ab", "1234AB", None),
        ("NL-1234 AB", "1234AB", None),
        ("6003", "6003", "postcode.digits-only"),
        ("SW1A 1AA", None, "postcode.foreign"),
        ("10115", None, "postcode.foreign"),
        ("Utrecht", None, "postcode.unreadable"),
    ],
)
def test_postcodes(text: str, value: str | None, fault: str | None) -> None:
    assert one(identifiers.postcode(cells(text))) == (value, fault)


@pytest.mark.parametrize("text", ["www.acme.nl", "https://acme.nl/nl?x=1", "acme.co.uk", "HTTP://ACME.NL"])
def test_web_addresses(text: str) -> None:
    assert one(identifiers.url(cells(text))) == (text, None)


@pytest.mark.parametrize("text", ["geen", "naar onze site", "info@acme.nl"])
def test_what_is_no_web_address(text: str) -> None:
    assert one(identifiers.url(cells(text))) == (None, "url.unreadable")


def test_text_is_trimmed_and_numbers_lose_their_point() -> None:
    assert one(identifiers.text(cells("1001.0", type="number"))) == ("1001", None)
    assert one(identifiers.text(cells("Acme\x07"))) == ("Acme", "text.control-characters")
    assert one(identifiers.text(cells("CoÃ¶peratie"))) == ("CoÃ¶peratie", "text.wrong-encoding")
