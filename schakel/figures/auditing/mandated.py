"""What an auditor may ask figures of now: by agency (its slug; "" for the network's own), the years under mandate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import catalogue
from schakel.network.models import PartyKind
from schakel.sharing.mandates import standing
from schakel.sharing.models import Mandate

NETWORK = ""


def of_agencies() -> tuple[str, ...]:
    """The indicators that an agency has a column of: of the others its column would be the network's figure."""
    return tuple(one.id for one in catalogue().values() if "agency" in one.breakdowns)


@dataclass(frozen=True, slots=True)
class Mandated:
    """The years under mandate of each giver."""

    years: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def givers(self, year: int) -> tuple[str, ...]:
        """Whose figures and records of ``year`` may be seen; "" stands for the network."""
        return tuple(sorted(giver for giver, years in self.years.items() if year in years))

    def check(self, question: Question) -> bool:
        """Whether a mandate covers ``question``; else it is for who reads what is published.

        Raises QuestionError for what no mandate can cover.
        """
        asked = [str(year) for year in question.filters.get("year", ())]
        if len(asked) != 1 or not asked[0].isdigit():
            raise QuestionError("ask of one year under mandate")
        givers, audience = set(self.givers(int(asked[0]))), question.audience
        if audience.maker or audience.all_agencies or audience.agency or not set(audience.agencies) <= givers:
            raise QuestionError("no mandate covers this")
        if NETWORK in givers:
            return True
        asked_of = question.indicators or tuple(catalogue())
        return bool(question.filters.get("agency")) and set(asked_of) <= set(of_agencies())

    def audience(self, auditor: int, year: int) -> Audience:
        """Who asks of ``year``."""
        return Audience(auditor=auditor, agencies=self.givers(year))


def of_mandates(mandates: Iterable[Mandate]) -> Mandated:
    """What these mandates cover together."""
    years: dict[str, frozenset[int]] = defaultdict(frozenset)
    for mandate in mandates:
        giver = NETWORK if mandate.owner.kind == PartyKind.SECRETARIAT else mandate.owner.slug
        years[giver] |= frozenset(mandate.years)
    return Mandated(dict(years))


def mandated(auditor: int) -> Mandated:
    """What an auditor may ask of now."""
    return of_mandates(standing(auditor))
