"""Values from a closed list: codes, countries, agencies. Each distinct text is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl
from babel import Locale
from rapidfuzz import fuzz, process

from schakel.intake.interpreting.cells import Cells, Values, plain_text
from schakel.intake.kinds import Field

_CLOSE = 70  # rapidfuzz score from which a suggestion helps more than it misleads

# Names in use that Unicode's list does not have.
_COUNTRY_ALIASES = {
    "vs": "US",
    "v.s.": "US",
    "usa": "US",
    "u.s.a.": "US",
    "amerika": "US",
    "verenigde staten van amerika": "US",
    "united states of america": "US",
    "vk": "GB",
    "uk": "GB",
    "u.k.": "GB",
    "groot brittannië": "GB",
    "great britain": "GB",
    "engeland": "GB",
    "england": "GB",
    "schotland": "GB",
    "scotland": "GB",
    "wales": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "korea": "KR",
    "republic of korea": "KR",
    "vae": "AE",
    "uae": "AE",
    "tsjechische republiek": "CZ",
    "czech republic": "CZ",
    "turkey": "TR",
    "hongkong": "HK",
    "hong kong": "HK",
    "macau": "MO",
    "volksrepubliek china": "CN",
    "ivoorkust": "CI",
}


def look_up(cells: Cells, known: Callable[[str], str | None], fault: str) -> Values:
    """Each text by ``known``; ``fault`` where that is None."""
    distinct = cells.text.drop_nulls().unique()
    found = pl.Series("value", [known(text) for text in distinct], dtype=pl.String)
    read = cells.text.replace_strict(distinct, found, default=None, return_dtype=pl.String)
    missed = pl.DataFrame({"text": cells.text, "value": read})
    faults = missed.select(pl.when(pl.col("text").is_not_null() & pl.col("value").is_null()).then(pl.lit(fault)))
    return Values(read, faults.to_series())


def code(cells: Cells, field: Field, translations: Mapping[str, str]) -> Values:
    """Canonical codes of ``field``: by the mapping's translations, else by label or synonym."""
    names = code_names(field)
    names |= {plain_text(text): value for text, value in translations.items() if value}
    return look_up(cells, lambda text: names.get(plain_text(text)), "code.unknown")


def code_names(field: Field) -> dict[str, str]:
    """Every way to write each code of ``field``, as compared, to its canonical value."""
    names = {}
    for each in field.codes:
        for name in (*each.synonyms, each.labels.en, each.labels.nl, each.value):
            names[plain_text(name)] = each.value
    return names


def country(cells: Cells, translations: Mapping[str, str]) -> Values:
    """ISO 3166-1 alpha-2 codes from Dutch or English names, or from the codes themselves."""
    said = {plain_text(text): value for text, value in translations.items() if value}
    return look_up(cells, lambda text: said.get(plain_text(text)) or country_code(text), "country.unknown")


def country_code(name: str) -> str | None:
    """The ISO code of a country.

    >>> country_code("Zuid-Korea"), country_code("Israel"), country_code("nl"), country_code("Atlantis")
    ('KR', 'IL', 'NL', None)
    """
    return country_names().get(_unaccented(plain_text(name)))


@cache
def country_names() -> dict[str, str]:
    """Names of countries in Dutch and English, as compared, to their codes."""
    names: dict[str, str] = {}
    for language in ("en", "nl"):
        for iso, name in Locale(language).territories.items():
            if len(iso) == 2 and iso.isalpha() and iso not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
                names[_unaccented(plain_text(name))] = iso
                names[iso.lower()] = iso
    return names | {_unaccented(plain_text(name)): iso for name, iso in _COUNTRY_ALIASES.items()}


def agencies(cells: Cells, names: Mapping[str, str]) -> Values:
    """Slugs of agencies; ``names``: each name and other spelling to its slug."""
    known = {plain_text(name): slug for name, slug in names.items()} | {plain_text(s): s for s in names.values()}
    return look_up(cells, lambda text: known.get(plain_text(text)), "agencies.unknown")


def nearest(text: str, choices: list[str]) -> str | None:
    """The choice most like ``text``, if any is like it.

    >>> nearest("lopnd", ["lopend", "afgerond"])
    'lopend'
    """
    best = process.extractOne(text, choices, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return None if best is None else str(best[0])


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áàâäãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"))
