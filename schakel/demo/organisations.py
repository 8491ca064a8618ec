"""The invented organisations themselves, as they truly are: one `Organisation` is one identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from schakel.demo.names import CITIES_ABROAD, ORIGINS, Names
from schakel.demo.plans import WEIGHTS
from schakel.demo.towns import AGENCIES, TOWNS_OF, postcode

_COMPANIES = 2_900
_FOREIGN_OWNED = 620
_STREETS = (
    *("Industrieweg", "Havenkade", "Stationsplein", "Campuslaan", "Nijverheidsstraat", "Dorpsstraat"),
    *("Kanaaldijk", "Parallelweg", "Energieweg", "Marktstraat", "Ambachtsweg", "Wilhelminasingel"),
    *("Hoofdstraat", "Techniekring", "Molendijk", "Oostwal", "Zuiderkade", "Laboratoriumlaan"),
    *("Schansweg", "Beukenlaan", "Lindenhof", "Veilingweg", "Spoorstraat", "Bedrijvenpark"),
)
_FORMS = (("B.V.", 0.88), ("N.V.", 0.04), ("V.O.F.", 0.08))
_SIZES = (("startup", 0.3), ("scaleup", 0.16), ("sme", 0.42), ("large", 0.12))


@dataclass(frozen=True, slots=True)
class Address:
    """Where an organisation is; all empty when nobody knows."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    province: str = ""
    country: str = "NL"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One true organisation. ``home``: slug of the agency whose region it is in, or "".

    ``numbered``: every list gives its KvK number, because its name and place would not suffice
    (it moves, it has no address, a holding of the same name shares its door, it is in no register).
    ``moved``: the year from which ``next_address`` holds.
    """

    id: int
    name: str
    legal_form: str
    kind: str
    size: str
    home: str
    address: Address
    kvk: str = ""
    rsin: str = ""
    trade_names: tuple[str, ...] = ()
    website: str = ""
    origin: str = ""
    registered: bool = True
    numbered: bool = False
    moved: int = 9999
    next_address: Address = Address()

    def address_in(self, year: int) -> Address:
        """Its address at the end of ``year``."""
        return self.next_address if year >= self.moved else self.address

    @property
    def is_company(self) -> bool:
        """Whether it counts where companies are counted."""
        return self.kind == "company"


@dataclass(slots=True)
class Population:
    """Everyone in the invented world, by the part they can play. Lists are by the agency in whose circle they are.

    A company that moved, or that is abroad, stays in the circle of the agency that knows it.
    """

    companies: dict[str, list[Organisation]] = field(default_factory=lambda: {slug: [] for slug in AGENCIES})
    foreign_owned: dict[str, list[Organisation]] = field(default_factory=lambda: {slug: [] for slug in AGENCIES})
    knowledge: dict[str, list[Organisation]] = field(default_factory=lambda: {slug: [] for slug in AGENCIES})
    public: dict[str, list[Organisation]] = field(default_factory=lambda: {slug: [] for slug in AGENCIES})
    abroad: list[Organisation] = field(default_factory=list)
    bystanders: list[Organisation] = field(default_factory=list)  # in the trade register only

    def everyone(self) -> dict[int, Organisation]:
        """All organisations by id, those that only the trade register knows included."""
        groups = [*self.companies.values(), *self.foreign_owned.values(), *self.knowledge.values()]
        groups += [*self.public.values(), self.abroad, self.bystanders]
        return {one.id: one for group in groups for one in group}


class _Founder:
    """Founds organisations, giving each its number and its invented facts."""

    def __init__(self, chance: Random, names: Names) -> None:
        self.chance = chance
        self.names = names
        self._next = 1
        self._numbers: set[str] = set()

    def found(
        self, name: str, kind: str, home: str, address: Address, form: str = "", *, size: str = ""
    ) -> Organisation:
        identity = self._next
        self._next += 1
        return Organisation(
            id=identity,
            name=f"{name} {form}".strip(),
            legal_form=form,
            kind=kind,
            size=size or self.chosen(_SIZES),
            home=home,
            address=address,
            kvk=self.kvk(),
            rsin=self.rsin(),
        )

    def chosen(self, options: tuple[tuple[str, float], ...]) -> str:
        return self.chance.choices([o for o, _ in options], [w for _, w in options])[0]

    def kvk(self) -> str:
        return self._once(lambda: f"{self.chance.randint(1_100_000, 89_999_999):08d}")

    def rsin(self) -> str:
        return self._once(self._rsin)

    def _rsin(self) -> str:
        """Nine digits that satisfy the eleven test: 9a + 8b + ... + 2h - i is a multiple of eleven."""
        while True:
            digits = [8] + [self.chance.randint(0, 9) for _ in range(7)]
            last = sum(digit * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
            if last < 10:
                return "".join(map(str, [*digits, last]))

    def _once(self, make: Callable[[], str]) -> str:
        number = make()
        while number in self._numbers:
            number = make()
        self._numbers.add(number)
        return number

    def address(self, home: str) -> Address:
        towns = TOWNS_OF[home]
        town = self.chance.choices(towns, [len(t.postcodes) + 2 for t in towns])[0]
        number = str(self.chance.randint(1, 340))
        return Address(self.chance.choice(_STREETS), number, postcode(town, self.chance), town.name, town.province)

    def address_abroad(self, country: str) -> Address:
        return Address(city=self.chance.choice(CITIES_ABROAD[country]), province="abroad", country=country)


def populate(chance: Random) -> Population:
    """Found everyone: companies by home region, institutions, foreign-owned firms, some abroad."""
    founder = _Founder(chance, Names(chance))
    population = Population()
    for home, weight in WEIGHTS.items():
        for _ in range(round(_COMPANIES * weight)):
            population.companies[home] += _family(founder, home, population.bystanders)
        population.foreign_owned[home] += [_foreign_owned(founder, home) for _ in range(round(_FOREIGN_OWNED * weight))]
        population.knowledge[home] += [_institution(founder, home, "knowledge") for _ in range(5)]
        population.public[home] += [_institution(founder, home, "government") for _ in range(4)]
        population.public[home] += [_institution(founder, home, "other") for _ in range(3)]
        population.companies[home] += [_abroad(founder, "company") for _ in range(round(40 * weight))]
    population.abroad += [_abroad(founder, "knowledge") for _ in range(30)]
    population.bystanders += [_bystander(founder) for _ in range(450)]
    return population


def _family(founder: _Founder, home: str, bystanders: list[Organisation]) -> list[Organisation]:
    """One company; for some a sister at the same door, for some a holding in the register only."""
    stem = founder.names.stem(home)
    company = _lived(founder, founder.found(*_firm(founder, stem, home)), stem)
    draw = founder.chance.random()
    if draw < 0.05:
        name, kind, _, _, form = _firm(founder, stem, home, founder.names.sister(stem))
        sister = _web(founder.found(name, kind, home, company.address, form))
        return [company, replace(sister, numbered=not company.address.city)]
    if draw < 0.09:
        bystanders.append(
            founder.found(f"{company.name.rsplit(' ', 1)[0]} Holding", "company", home, company.address, "B.V.")
        )
        return [replace(company, numbered=True)]
    return [company]


def _firm(founder: _Founder, stem: str, home: str, name: str = "") -> tuple[str, str, str, Address, str]:
    return name or founder.names.company(stem), "company", home, founder.address(home), founder.chosen(_FORMS)


def _lived(founder: _Founder, company: Organisation, stem: str) -> Organisation:
    """A company with its history: a trade name, a move, or a place in no register."""
    draw = founder.chance.random()
    if draw < 0.12:
        company = replace(company, trade_names=(stem,))
    elif draw < 0.17:
        there = company.home if draw < 0.15 else founder.chance.choice(list(AGENCIES))
        moved = founder.chance.choice((2022, 2023, 2024))
        company = replace(company, moved=moved, next_address=founder.address(there), numbered=True)
    elif draw < 0.19:
        company = replace(company, registered=False, numbered=True)
    elif draw < 0.195:
        company = replace(company, address=Address(), numbered=True)
    return _web(company)


def _web(one: Organisation) -> Organisation:
    plain = "".join(c for c in one.name.removesuffix(one.legal_form).casefold() if c.isascii() and c.isalnum())
    return replace(one, website=f"https://www.{plain}.example" if one.id % 3 else "")


def _institution(founder: _Founder, home: str, kind: str) -> Organisation:
    name = {"knowledge": founder.names.knowledge, "government": founder.names.government, "other": founder.names.other}
    size = "large" if kind != "other" else "sme"
    return _web(founder.found(name[kind](), kind, home, founder.address(home), size=size))


def _foreign_owned(founder: _Founder, home: str) -> Organisation:
    """A firm with a foreign parent: its Dutch company, or for some the parent alone, from abroad."""
    origin = founder.chance.choices(list(ORIGINS), [5, 4, 4, 4, 3, 2, 3, 2, 2, 3, 1, 2, 1, 1, 2])[0]
    name = founder.names.company(founder.names.stem(home))
    if founder.chance.random() < 0.06:
        firm = founder.found(name, "company", "", founder.address_abroad(origin), ORIGINS[origin], size="large")
        return replace(firm, kvk="", rsin="", registered=False, origin=origin, legal_form=ORIGINS[origin])
    firm = founder.found(f"{name} Netherlands", "company", home, founder.address(home), "B.V.", size="large")
    return _web(replace(firm, origin=origin))


def _abroad(founder: _Founder, kind: str) -> Organisation:
    country = founder.chance.choice(("DE", "DE", "BE", "BE", "FR", "GB", "SE", "CH"))
    stem = founder.names.stem()
    name, form = (founder.names.company(stem), ORIGINS[country]) if kind == "company" else (f"{stem} Institute", "")
    one = founder.found(name, kind, "", founder.address_abroad(country), form, size="sme")
    return replace(one, kvk="", rsin="", registered=False, origin=country)


def _bystander(founder: _Founder) -> Organisation:
    home = founder.chance.choice(list(AGENCIES))
    return founder.found(*_firm(founder, founder.names.stem(home), home))
