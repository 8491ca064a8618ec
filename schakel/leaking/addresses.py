"""Every address there is, with what is there of whoever: whether the one who asks may see it or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, product

from django.urls import URLPattern, URLResolver, get_resolver

from schakel.leaking import reading
from schakel.leaking.marking import ADDRESS, WORD
from schakel.leaking.rules import Network
from schakel.sharing.models import Standing

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_MOST = 2000  # addresses of a route; those that are asked are spread over them
_OF_A_TABLE = 300
SHARED = ("organisation", "project", "investment", "foreign_case", "fund")
# Where the values of parameters stand; those of one row belong together.
_ROWS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("intake_deliveryfinding", {"delivery_id": "delivery_id", "finding_id": "id"}),
    ("intake_returnedfile", {"returned_id": "id"}),
    ("intake_edit", {"delivery_id": "delivery_id", "edit_id": "id"}),
    ("intake_waiver", {"delivery_id": "delivery_id", "waiver_id": "id"}),
    ("intake_deliveredfile", {"delivery_id": "delivery_id", "file_id": "id"}),
    ("intake_deliveredfile", {"id": "delivery_id", "name": "name"}),
    ("intake_deliveredfile", {"file_id": "id"}),
    ("intake_delivery", {"delivery_id": "id"}),
    ("intake_delivery", {"id": "id"}),
    ("sharing_agreement", {"agreement_id": "id"}),
    ("sharing_mandate", {"mandate_id": "id"}),
    ("sharing_token", {"token_id": "id"}),
    ("sharing_invitation", {"invitation_id": "id"}),
    ("privacy_personalrequest", {"request_id": "id"}),
    ("figures_sampleitem", {"sample_id": "sample_id", "position": "position"}),
    ("figures_sample", {"sample_id": "id"}),
    ("figures_savedview", {"pk": "id"}),
    ("register_judgement", {"judgement_id": "id"}),
    ("register_doubt", {"doubt_id": "id"}),
    ("register_proposal", {"proposal_id": "id"}),
    ("register_roundtold", {"told_id": "id"}),
    ("inbox_item", {"item_id": "id"}),
    ("inbox_deputy", {"deputy_id": "id"}),
    ("documents_package", {"package_id": "id"}),
    ("network_roleheld", {"person_id": "person_id", "held_id": "id"}),
    ("network_roleheld", {"person_id": "person_id"}),
)
_NUMBERS = {
    "/cijfers/doelen/<int:number>/": "figures_target",
    "/cijfers/opmerkingen/<int:number>/intrekken/": "figures_figurecomment",
}


@cache
def routes() -> tuple[str, ...]:
    """Every address there is, with its parameters as they stand in it."""
    return tuple(sorted(_routes(get_resolver("schakel.urls").url_patterns, "/")))


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
        else:
            yield path.replace("^", "").replace("$", "").replace("\\Z", "")


def _filled(route: str, said: Mapping[str, object]) -> str:
    """A route with what its parameters are."""
    return PARAMETER.sub(lambda found: str(said[found[2]]), route)


def some(filled: list[str], *, turn: int, at_most: int) -> list[str]:
    """So many of the addresses of a route, spread over them; others at another ``turn``."""
    step = max(1, len(filled) // at_most)
    return [filled[(turn + place * step) % len(filled)] for place in range(min(at_most, len(filled)))]


class Addresses:
    """The addresses of each route of a network: a route with what is there of whoever."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.agencies = tuple(sorted({thing.owner for thing in network.things}))
        # Whoever has something, and one of each other kind: of many parties alike few addresses show anything.
        others = {kind: slug for slug, kind in sorted(reading.kinds_of_parties().items()) if slug not in self.agencies}
        self.parties = (*self.agencies, *others.values())
        self._tables: dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]] = {}

    def of(self, route: str) -> list[str]:
        """The addresses of a route, with the questions that are asked of it."""
        left = {name: converter for converter, name in PARAMETER.findall(route)}
        choices: list[list[dict[str, object]]] = []
        for group in self._groups(route):
            if group[0].keys() <= left.keys():
                choices.append(group)
                left = {name: converter for name, converter in left.items() if name not in group[0]}
        choices += [[{name: value} for value in self.values(name, converter)] for name, converter in left.items()]
        paths = []
        for parts in islice(product(*choices), _MOST):
            paths.append(_filled(route, {name: value for part in parts for name, value in part.items()}))
        return [f"{path}{query}" for path in paths for query in self._queries(route)]

    def _groups(self, route: str) -> Iterator[list[dict[str, object]]]:
        """Values that belong together, of parameters that a route may have; none of what there is nothing of."""
        things = [{"kind": thing.kind, "record_id": thing.id} for thing in self._network.things]
        shared = [thing for thing in things if thing["kind"] in SHARED]
        organisations = [{"record_id": thing["record_id"]} for thing in things if thing["kind"] == "organisation"]
        if "slug:slug>/<slug:kind" in route:
            yield [
                {"slug": slug, "kind": thing.kind, "record_id": thing.id}
                for thing in self._network.things
                for slug in self.parties[:4]
                if thing.kind in SHARED
            ] or [{"kind": "project", "record_id": 1, "slug": "x"}]
        yield shared or [{"kind": "project", "record_id": 1}]
        yield organisations or [{"record_id": 1}]
        if route in _NUMBERS:
            yield [{"number": number} for (number,) in self._of(_NUMBERS[route], ("id",))] or [{"number": 1}]
        names = {name for _converter, name in PARAMETER.findall(route)}
        for table, columns in _ROWS:
            if columns.keys() <= names and (found := self._of(table, tuple(columns.values()))):
                yield [dict(zip(columns, row, strict=True)) for row in found]

    def _of(self, table: str, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
        """Some rows of a table, spread over it."""
        if (table, columns) not in self._tables:
            told = ", ".join(columns)
            question = f"""
                SELECT {told} FROM (
                    SELECT {told}, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS of_all FROM {table}
                ) numbered WHERE (place - 1) % greatest(1, of_all / {_OF_A_TABLE}) = 0 ORDER BY place
            """
            self._tables[table, columns] = [tuple(row[column] for column in columns) for row in reading.rows(question)]
        return self._tables[table, columns]

    def values(self, name: str, converter: str) -> tuple[object, ...]:
        """Values of a parameter that stands alone."""
        years = tuple(sorted({thing.year for thing in self._network.things}, reverse=True)) or (2023,)
        known: dict[str, tuple[object, ...]] = {
            "kind": SHARED,
            "record_id": tuple(thing.id for thing in self._network.things) or (1,),
            "line_id": tuple(line.id for line in self._network.lines) or (1,),
            "slug": self.parties,
            "party": self.parties,
            "period": years,
            "year": years,
            "standing": tuple(Standing.values),
            "indicator_id": ("innovation_projects", "investments"),
            "ending": ("csv", "ndjson", "json", "pdf"),
            "form": ("csv", "xlsx"),
            "verb": ("sign",),
            "field": ("name", "title"),
            "kvk": ("12345678",),
        }
        if name in known:
            return known[name]
        for table, columns in _ROWS:
            if name in columns and (found := self._of(table, (columns[name],))):
                return tuple(value for (value,) in found)
        return (1, 2) if converter == "int" else ("x",)

    def _queries(self, route: str) -> tuple[str, ...]:
        agencies = self.agencies
        words = [thing.word for thing in self._network.things if thing.kind in ("organisation", "project")]
        asked: dict[str, tuple[str, ...]] = {
            "/zoeken/": (
                *(f"?q={WORD}{more}" for more in ("", "&soort=organisation", "&soort=project")),
                *(f"?q={word}" for word in words[:200]),
            ),
            "/zoeken/snel/": (f"?q={WORD}", *(f"?q={word}" for word in words[:200])),
            "/gedeeld/<slug:kind>/": tuple(f"?van={slug}" for slug in agencies),
            "/records/<slug:kind>/<int:record_id>/": ("", *(f"?als={slug}" for slug in self.parties[:3])),
            "/records/<slug:kind>/bekend/": (f"?name={WORD}",),
            "/logboek/": ("?wat=withdrew", "?soort=project&nummer=1", f"?adres={ADDRESS}", ""),
            "/logboek/bestand/<slug:form>/": ("?wat=withdrew", "?via=page"),
        }
        return asked.get(route) or ("",)
