"""An explanation as it is told: to the secretariat whole, to an agency its own column, to all others the network's.

Invariant: nobody but the secretariat learns what a cause did to a network's figure where, beside their own, it
concerned fewer organisations than a cell must have. Such causes are told together; where even together they concern
too few, only the difference is told, which the two closings tell anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from schakel.figures.asking import Audience
from schakel.figures.catalogue import Indicator
from schakel.figures.closing.explaining import NETWORK, Explained, Part, Revision
from schakel.figures.closing.stages import FACT_CAUSES
from schakel.sharing.disclosure import Rule

TOGETHER = "together"
FEWEST = Rule().threshold


def told(
    revision: Revision, indicators: Mapping[str, Indicator], audience: Audience, hidden: Collection[str] = ()
) -> dict[str, Any]:
    """The revision as plain values, as far as it is for ``audience``; of ``hidden`` indicators no network's figure.

    ``indicators``: names, unit and whether it is a ratio; ``figures``: a line for each figure, network first, with
    ``before`` and ``after`` as [amount, base] and ``parts`` by cause; ``records``: how many records each cause touched,
    None for too few; ``subtracted``: of what the two closings tell too much together, for who sees all columns.
    """
    figures = [
        _line(found, _parts(found, indicators[found.indicator], revision, audience))
        for found in revision.figures
        if (found.indicator not in hidden if found.column == NETWORK else audience.sees(found.column))
    ]
    return {
        "indicators": {name: _said(indicators[name]) for name in {found.indicator: None for found in revision.figures}},
        "year": revision.year,
        "before": revision.before,
        "after": revision.after,
        "definitions": list(revision.definitions),
        "figures": figures,
        "records": list(_records(revision, audience)),
        "subtracted": [asdict(each) for each in revision.subtracted] if audience.all_agencies else [],
    }


def _said(indicator: Indicator) -> dict[str, Any]:
    """What of a definition is needed to show its figures; it may be one that the catalogue has no more."""
    names = {"nl": indicator.names.nl, "en": indicator.names.en}
    return {"names": names, "unit": indicator.unit, "ratio": indicator.is_ratio}


def _line(found: Explained, parts: Iterable[Part]) -> dict[str, Any]:
    return {
        "indicator": found.indicator,
        "column": found.column,
        "before": list(found.before),
        "after": list(found.after),
        "differs": found.differs,
        "parts": [{"cause": part.cause, "amount": part.amount, "base": part.base} for part in parts],
    }


def _parts(found: Explained, indicator: Indicator, revision: Revision, audience: Audience) -> list[Part]:
    """The parts that did something; those that would say too much put together."""
    acting = [part for part in found.parts if part.amount or part.base]
    if audience.all_agencies or found.column != NETWORK or indicator.disclosure == "open":
        return acting
    facts = {part.fact for part in indicator.parts} | {part.also_in for part in indicator.parts}
    concerned = {cause: _concerned(revision, facts, cause, audience) for cause in FACT_CAUSES}
    small = [part for part in acting if 0 < concerned.get(part.cause, 0) < FEWEST]
    if not small:
        return acting
    if sum(concerned[part.cause] for part in small) < FEWEST:
        return [_sum(acting)]
    return [*(part for part in acting if part not in small), _sum(small)]


def _concerned(revision: Revision, facts: set[str], cause: str, audience: Audience) -> int:
    """How many organisations of others a cause concerns."""
    return sum(
        touched.organisations
        for touched in revision.records
        if touched.fact in facts and touched.cause == cause and touched.agency != audience.agency
    )


def _sum(parts: Iterable[Part]) -> Part:
    several = list(parts)
    return Part(TOGETHER, sum(part.amount for part in several), sum(part.base for part in several))


def _records(revision: Revision, audience: Audience) -> Iterator[dict[str, Any]]:
    """Of the network, and of each agency whose column the audience sees."""
    known = {(touched.fact, touched.cause) for touched in revision.records}
    for fact, cause in sorted(known, key=lambda pair: (pair[0], FACT_CAUSES.index(pair[1]))):
        rows = [touched for touched in revision.records if (touched.fact, touched.cause) == (fact, cause)]
        others = sum(touched.organisations for touched in rows if touched.agency != audience.agency)
        few = not audience.all_agencies and 0 < others < FEWEST
        yield _count(fact, cause, NETWORK, None if few else sum(touched.records for touched in rows))
        for touched in rows:
            if touched.agency and audience.sees(touched.agency):
                yield _count(fact, cause, touched.agency, touched.records)


def _count(fact: str, cause: str, column: str, records: int | None) -> dict[str, Any]:
    return {"fact": fact, "cause": cause, "column": column, "records": records}
