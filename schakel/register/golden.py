"""Which value is authoritative, field by field, where the trade register and an agency's own entry differ.

Invariants: no agency's entry is ever overwritten by this; what the network is shown of an organisation is made of what
the register published, never of an agency's entry. The table `FIELDS` is the only place where authority is stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import polars as pl

from schakel.register.facts.entries import Entry
from schakel.register.joining.agreement import Agreement
from schakel.register.joining.names import agreement, legal_form
from schakel.register.kinds import ORGANISATION
from schakel.register.matching.normalising import plain
from schakel.register.matching.vocabulary import SAME_PLACE
from schakel.register.models import Organisation
from schakel.words import Words


class Authority(Enum):
    """Whose value goes."""

    REGISTER = Words("het handelsregister", "the trade register")
    AGENCY = Words("de ROM zelf", "the agency itself")


@dataclass(frozen=True, slots=True)
class Stated:
    """A field of an organisation: its name, whose value is authoritative, and why."""

    name: str
    authority: Authority
    why: Words

    @property
    def labels(self) -> Words:
        """What the field is called; the name is the statutory one where the register has the word."""
        return ORGANISATION.fields_by_name[self.name].labels


_OFFICIAL = Words(
    "Het nummer wordt door het register uitgegeven; een ander nummer is een andere inschrijving.",
    "The register issues the number; another number is another entry.",
)
_PLACED = Words(
    "De inschrijving volgt een verhuizing. Voor cijfers telt de plaats die de ROM bij het jaar opgaf.",
    "The entry follows a move. For figures the place counts that the agency stated for the year.",
)
FIELDS: tuple[Stated, ...] = (
    Stated(
        "name",
        Authority.REGISTER,
        Words(
            "De statutaire naam staat in de akte. De ROM mag een eigen roepnaam houden.",
            "The statutory name stands in the deed. The agency may keep a name of its own.",
        ),
    ),
    Stated("kvk", Authority.REGISTER, _OFFICIAL),
    Stated("rsin", Authority.REGISTER, _OFFICIAL),
    Stated(
        "legal_form",
        Authority.REGISTER,
        Words("De rechtsvorm bestaat door de inschrijving.", "The legal form exists by the entry."),
    ),
    Stated("address", Authority.REGISTER, _PLACED),
    Stated("postcode", Authority.REGISTER, _PLACED),
    Stated("city", Authority.REGISTER, _PLACED),
    Stated(
        "website",
        Authority.AGENCY,
        Words(
            "In het register staat een website zelden en vaak verouderd; de ROM spreekt het bedrijf.",
            "The register seldom has a site, and often an old one; the agency speaks with the company.",
        ),
    ),
    Stated(
        "kind",
        Authority.AGENCY,
        Words(
            "Of het een bedrijf, kennisinstelling of overheid is, zegt het register niet in deze woorden.",
            "Whether it is a company, knowledge institution or government the register does not say in these words.",
        ),
    ),
    Stated(
        "size",
        Authority.AGENCY,
        Words("De fase is een oordeel van wie het bedrijf kent.", "The growth stage is a judgement of who knows it."),
    ),
)


@dataclass(frozen=True, slots=True)
class Own:
    """What own entries say of a field: the value, the years that say it, and whether the register says otherwise."""

    value: str
    years: tuple[int, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A field on the organisation's page: what the register says, what own entries say, and which of them goes."""

    stated: Stated
    register: str
    own: tuple[Own, ...]

    @property
    def differs(self) -> bool:
        """Whether an own entry says something else than the register."""
        return any(said.differs for said in self.own)

    @property
    def goes(self) -> str:
        """The authoritative value: of the register where it has one, else the newest of the own entries."""
        newest = self.own[0].value if self.own else ""
        if self.stated.authority is Authority.REGISTER:
            return self.register or newest
        return newest or self.register


def golden(entry: Entry | None, own: Iterable[Organisation]) -> list[Line]:
    """The page's lines: the register's entry, if one is known, beside the acting party's own entries, newest first."""
    entries = sorted(own, key=lambda one: (-one.period, one.pk))
    lines = []
    for stated in FIELDS:
        register = _of_entry(entry, stated.name) if entry is not None else ""
        said = _of_own(entries, stated.name, register, entry)
        if register or said:
            lines.append(Line(stated, register, said))
    return lines


def for_network(entry: Entry) -> dict[str, str]:
    """What anybody in the network is shown of an organisation: the register's published values, by field."""
    return {stated.name: value for stated in FIELDS if (value := _of_entry(entry, stated.name))}


def _of_entry(entry: Entry, field: str) -> str:
    return str(getattr(entry, field, "") or "")


def _of_own(entries: list[Organisation], field: str, register: str, entry: Entry | None) -> tuple[Own, ...]:
    years: dict[str, list[int]] = {}
    for one in entries:
        if value := str(getattr(one, field) or ""):
            years.setdefault(value, []).append(one.period)
    return tuple(
        Own(value, tuple(sorted(said, reverse=True)), bool(register) and not _same(field, value, register, entry))
        for value, said in years.items()
    )


def _same(field: str, own: str, register: str, entry: Entry | None) -> bool:
    """Whether an own value says what the register says, but for spelling; any name of the entry is its name."""
    spelled, *others = _spelled([own, register, *(entry.trade_names if entry is not None and field == "name" else ())])
    if field == "name":
        return any(agreement(spelled, other) >= Agreement.NEAR for other in others)
    if field == "legal_form":
        return (legal_form(spelled) or spelled) == (legal_form(others[0]) or others[0])
    if field == "city":
        return SAME_PLACE.get(spelled, spelled) == SAME_PLACE.get(others[0], others[0])
    return spelled.replace(" ", "") == others[0].replace(" ", "")


def _spelled(texts: list[str]) -> list[str]:
    return pl.DataFrame({"text": texts}).select(plain(pl.col("text"))).to_series().to_list()
