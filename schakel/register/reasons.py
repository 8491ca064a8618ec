"""Why a pair of records is doubtful: the codes that matching gives, and what they say to a reviewer.

Invariant: a reason tells of the two records beside each other and of nothing else; no name or number of a third stands
in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from schakel.words import Words

REASONS: dict[str, Words] = {
    "sister-number": Words(
        "Het nummer is van een andere onderneming op hetzelfde adres of van dezelfde groep: mogelijk een zuster.",
        "The number belongs to another company at the same address or of the same group: possibly a sister.",
    ),
    "clashing-numbers": Words(
        "De officiële nummers spreken elkaar tegen.",
        "The official numbers contradict each other.",
    ),
    "near-title": Words(
        "De titels lijken op elkaar, maar zijn niet gelijk.",
        "The titles are alike, but not equal.",
    ),
    "dates-differ": Words(
        "De datums verschillen.",
        "The dates differ.",
    ),
    "amount-alike": Words(
        "De bedragen zijn gelijk of liggen dicht bij elkaar.",
        "The amounts are equal or close to each other.",
    ),
    # As the engine that compares organisations says it.
    "clashing-number": Words(
        "De officiële nummers spreken elkaar tegen, of schelen één cijfer.",
        "The official numbers contradict each other, or differ in one digit.",
    ),
    "near-tie": Words(
        "Er is een andere kandidaat die bijna even goed past.",
        "There is another candidate that fits nearly as well.",
    ),
    "other-place": Words(
        "De namen lijken op elkaar, maar de plaatsen verschillen.",
        "The names are alike, but the places differ.",
    ),
    "other-name": Words(
        "Dezelfde plaats of website, maar een andere naam.",
        "The same place or website, but another name.",
    ),
    "unlike-group": Words(
        "Het ene past, maar wat er al bij hoort past er niet bij.",
        "The one fits, but what belongs to it already does not.",
    ),
    "by-codes": Words(
        "Van een van beide is alleen een code bekend; het is zonder naam aangeleverd.",
        "Of one of the two only codes are known; it was delivered without a name.",
    ),
    "little-said": Words(
        "Er is te weinig bekend om het zeker te weten.",
        "Too little is known to be sure.",
    ),
    "disputed": Words(
        "Partijen spreken elkaar tegen; de beheerder identiteiten van het netwerk beslist.",
        "Parties contradict each other; the network's identity steward settles it.",
    ),
}
_UNKNOWN = Words(
    "De gegevens lijken op elkaar, maar niet genoeg om het zeker te weten.",
    "What is known is alike, but not enough to be sure.",
)


def reason_words(code: str) -> Words:
    """What a code says; for one that a newer round gave and this list has not, that it is not sure."""
    return REASONS.get(code, _UNKNOWN)


def said(codes: Iterable[str]) -> list[Words]:
    """The reasons in the order of this list, each once; that it is not sure where no code says why."""
    known = set(codes)
    ordered = list(dict.fromkeys(words for code, words in REASONS.items() if code in known))
    return ordered + ([_UNKNOWN] if known - set(REASONS) or not ordered else [])
