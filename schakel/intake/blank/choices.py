"""The values that a column of a blank workbook offers: codes as the agency writes them, countries, own numbers."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale

from schakel.intake.interpreting.lookups import country_code
from schakel.intake.kinds import Field
from schakel.intake.mapping import Mapping as Confirmed

OwnCodes = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Kind, then field, to what the agency writes and the code that it means."""


def own_codes(confirmed: Confirmed) -> dict[str, dict[str, dict[str, str]]]:
    """The agency's own words for codes, from the mapping that it confirmed."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for table in confirmed.tables:
        for name, source in table.fields.items():
            if source.codes:
                found.setdefault(table.kind, {}).setdefault(name, {}).update(source.codes)
    return found


def choices(field: Field, language: str, own: Mapping[str, str], known: Mapping[str, list[str]]) -> list[str]:
    """What may be chosen in the column of ``field``; empty if anything may stand there."""
    if field.type == "code":
        return codes(field, language, own)
    if field.type == "country":
        return countries(language)
    if field.type == "reference":
        return list(dict.fromkeys(known.get(field.refers_to or "", ())))
    return []


def codes(field: Field, language: str, own: Mapping[str, str]) -> list[str]:
    """For each code the agency's own words, or its label where the agency has none."""
    offered: list[str] = []
    for code in field.codes:
        words = [text for text, value in own.items() if value == code.value and text.strip()]
        offered += words or [code.labels.in_(language)]
    return list(dict.fromkeys(offered))


def countries(language: str) -> list[str]:
    """Names of countries in ``language``, in its order, those that deliveries are read by."""
    names = Locale("en" if language.startswith("en") else "nl").territories.items()
    real = [name for code, name in names if len(code) == 2 and code.isalpha() and country_code(name) == code]
    return sorted(real, key=str.casefold)
