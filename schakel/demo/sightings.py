"""How an agency, the market list or the trade register knows an organisation: under which name, by what number.

Invariant: whoever does not give a number gives a name and a place under which the trade register
(or, for firms abroad, every list alike) has the same organisation; wrong letters occur only beside a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from schakel.demo.organisations import Address, Organisation
from schakel.demo.world import stream

_LETTERS = "abdeghiklmnoprstuvz"


@dataclass(frozen=True, slots=True)
class Sighting:
    """An organisation as one list has it."""

    name: str
    kvk: str
    vat: str
    legal_form: str
    address: Address
    website: str


def sighting(seed: int, by: str, one: Organisation, year: int) -> Sighting:
    """How ``by`` knows ``one``; the same every year, but that addresses follow when it moves."""
    chance = stream(seed, f"sighting {by} {one.id}")
    kvk = one.kvk if one.numbered or chance.random() < 0.63 else ""
    vat = f"NL{one.rsin}B01" if one.rsin and chance.random() < (0.15 if kvk else 0.3) else ""
    late = chance.random() < 0.3  # some lists keep the old address for a year
    return Sighting(
        name=_called(one, bool(kvk or vat), chance),
        kvk=kvk,
        vat=vat,
        legal_form=one.legal_form if chance.random() < 0.8 else "",
        address=_place(one.address_in(year - late), bool(kvk or vat), chance),
        website=one.website if chance.random() < 0.7 else "",
    )


def _called(one: Organisation, numbered: bool, chance: Random) -> str:
    """A way of writing the name that still says which organisation it is."""
    draw = chance.random()
    if not one.kvk or one.kind != "company":
        return one.name
    if draw < 0.12 and one.trade_names:
        return one.trade_names[0]
    if draw < 0.15 and numbered:
        return _mistyped(one.name, chance)
    bare = one.name.removesuffix(one.legal_form).strip()
    ways = (one.name, f"{bare} {one.legal_form.replace('.', '')}".strip(), bare, one.name.upper(), one.name.rstrip("."))
    return chance.choices(ways, (6, 2, 3, 1, 1))[0]


def _mistyped(name: str, chance: Random) -> str:
    """One letter of the first word doubled or changed."""
    place = chance.randint(1, max(1, len(name.split(maxsplit=1)[0]) - 2))
    letter = name[place] * 2 if chance.random() < 0.5 else chance.choice(_LETTERS)
    return name[:place] + letter + name[place + 1 :]


def _place(address: Address, numbered: bool, chance: Random) -> Address:
    """The address, in part: without a number at least the postcode or the town is there."""
    draw, street = chance.random(), chance.random() < 0.85
    return Address(
        street=address.street if street else "",
        house_number=address.house_number if street else "",
        postcode="" if draw < 0.08 else address.postcode,
        city="" if numbered and draw > 0.97 else address.city,
        province=address.province,
        country=address.country,
    )
