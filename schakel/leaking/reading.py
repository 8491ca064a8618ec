"""What there is in a copy and what was agreed, read from its plain rows: nothing is asked of policies or functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from schakel.leaking.kinds import KINDS, Kind
from schakel.leaking.rules import Agreed, Clause, Mandate, Network, Thing
from schakel.sharing.roles import as_owner

Row = dict[str, Any]


def rows(question: str, said: Mapping[str, Any] | None = None) -> list[Row]:
    """What the owner of the tables reads, each row by the names of its columns."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(question, said)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def slugs() -> dict[int, str]:
    """Every party by its id."""
    return {row["id"]: row["slug"] for row in rows("SELECT id, slug FROM network_party")}


def kinds_of_parties() -> dict[str, str]:
    """The kind of every party."""
    return {row["slug"]: row["kind"] for row in rows("SELECT slug, kind FROM network_party")}


def secretariat() -> str:
    """The party that supports the network; empty where there is none."""
    return next((slug for slug, kind in kinds_of_parties().items() if kind == "secretariat"), "")


def agreements() -> tuple[Agreed, ...]:
    """Every agreement that was proposed, as it stands now."""
    now, of = timezone.now(), slugs()
    parts, clauses = defaultdict(list), defaultdict(list)
    for row in rows("SELECT * FROM sharing_signatory"):
        parts[row["agreement_id"]].append(row)
    for row in rows("SELECT * FROM sharing_clause"):
        said = Clause(row["kind"], row["depth"], row["reach"], tuple(row["things"]))
        clauses[row["agreement_id"]].append(said)

    def which(agreement: int, *columns: str) -> frozenset[str]:
        return frozenset(of[part["owner_id"]] for part in parts[agreement] if any(part[column] for column in columns))

    return tuple(
        Agreed(
            which(row["id"], "gives"),
            which(row["id"], "receives"),
            tuple(clauses[row["id"]]),
            which(row["id"], "signed_at"),
            which(row["id"], "suspended_at", "ended_at"),
            begun=row["since"] <= now < row["until"],
            named=which(row["id"], "id"),
        )
        for row in rows("SELECT id, since, until FROM sharing_agreement WHERE proposed_at IS NOT NULL")
    )


def mandates() -> tuple[Mandate, ...]:
    """Every mandate that stands now."""
    now, of = timezone.now(), slugs()
    return tuple(
        Mandate(of[row["auditor_id"]], of[row["owner_id"]], frozenset(row["years"]), row["with_valuations"])
        for row in rows("SELECT * FROM sharing_mandate WHERE withdrawn_at IS NULL")
        if row["since"] <= now < row["until"]
    )


def network(*, each: int | None = None) -> Network:
    """All that the rules ask of a copy. ``each``: so many things of a kind of each party, and what is in them."""
    agreed = agreements()
    return Network(things(agreed, each=each), agreed, mandates(), secretariat=secretariat())


def things(agreed: Iterable[Agreed] = (), *, each: int | None = None) -> tuple[Thing, ...]:
    """The things of every kind, first those that others are made of; all, or ``each`` and those that clauses name."""
    named = sorted({thing for one in agreed for clause in one.clauses for thing in clause.things})
    of = slugs()
    chosen = {kind: _chosen(said, named, each) for kind, said in KINDS.items()}
    inside = {kind: _organisations(said, chosen[kind]) for kind, said in KINDS.items()}
    funds = {row["fund_id"] for kind, said in KINDS.items() if said.fund for row in chosen[kind] if row["fund_id"]}
    among = {number for links in inside.values() for numbers in links.values() for number in numbers}
    organisations = {thing.id: thing for thing in _plain("organisation", chosen["organisation"], among, of)}
    all_funds = {thing.id: thing for thing in _plain("fund", chosen["fund"], funds, of)}
    made = [*organisations.values(), *all_funds.values()]
    for kind, said in KINDS.items():
        if kind in ("organisation", "fund"):
            continue
        for row in chosen[kind]:
            parts = tuple(organisations[number] for number in inside[kind].get(row["id"], ()))
            made.append(
                _thing(
                    kind,
                    row,
                    of,
                    themes=frozenset(row["themes"] or ()) if said.themes else frozenset(),
                    among=parts,
                    fund=all_funds[row["fund_id"]] if said.fund and row["fund_id"] else None,
                    named_after=parts[0] if said.named and parts else None,
                )
            )
    return tuple(made)


def _thing(kind: str, row: Row, of: Mapping[int, str], **more: Any) -> Thing:  # noqa: ANN401 - what Thing takes
    return Thing(kind, of[row["owner_id"]], row["number"], row["period"], row["id"], **more)


def _plain(kind: str, chosen: list[Row], more: set[int], of: Mapping[int, str]) -> list[Thing]:
    """Organisations or funds: those that were chosen, and those with these ids."""
    missing = sorted(more - {row["id"] for row in chosen})
    others = rows(f"SELECT {_COLUMNS} FROM {KINDS[kind].table} WHERE id = ANY (%(ids)s)", {"ids": missing})
    return [_thing(kind, row, of) for row in (*chosen, *others)]


_COLUMNS = "id, owner_id, number, period"


def _chosen(kind: Kind, named: list[str], each: int | None) -> list[Row]:
    """Of each party so many, spread over all it has, and as many of those that clauses name."""
    more = "".join(f", {column}" for column in ("themes", "fund_id") if _has(kind, column))
    question = f"""
        WITH spread AS (
            SELECT {_COLUMNS}{more}, row_number() OVER (PARTITION BY owner_id ORDER BY id) AS place,
                count(*) OVER (PARTITION BY owner_id) AS of_all,
                (number = ANY (%(named)s) OR period || '/' || number = ANY (%(named)s)) AS told
            FROM {kind.table}
        ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY owner_id, told ORDER BY id) AS told_place FROM spread
        )
        SELECT {_COLUMNS}{more} FROM ranked
        WHERE %(each)s::int IS NULL OR (place - 1) %% greatest(1, of_all / %(each)s::int) = 0 AND place <= of_all
            OR (told AND told_place <= %(each)s::int)
        ORDER BY id
    """
    return rows(question, {"named": named, "each": each})


def _has(kind: Kind, column: str) -> bool:
    return kind.themes if column == "themes" else kind.fund


def _organisations(kind: Kind, chosen: list[Row]) -> dict[int, list[int]]:
    """The organisations in each that was chosen."""
    links: dict[int, list[int]] = defaultdict(list)
    if kind.organisations:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(kind.organisations, {"ids": [row["id"] for row in chosen]})
            for thing, organisation in cursor.fetchall():
                links[thing].append(organisation)
    return links
