"""Which records of organisations are one organisation.

What holds two records together, the best reason first (`RULES`): the agency's own permanent
number, a KvK number or RSIN that the name does not contradict, a name with a postcode or place;
each also through the trade register, whose statutory and trade names stand for one entry.

Invariants: no group holds two valid KvK numbers, two RSINs or two register entries; two permanent
numbers of one agency are two organisations unless they bear one KvK number or RSIN and one name; the
answer does not depend on the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schakel.register.joining import candidates, doubts, places, tables
from schakel.register.joining.evidence import RANKS, Statement, Verdict, judge, statements
from schakel.register.joining.groups import Groups, Link
from schakel.register.joining.names import Agreement, agreement
from schakel.words import Words

RULES: dict[str, Words] = {
    "alone": Words("geen ander record gevonden", "no other record found"),
    "permanent": Words("zelfde vaste nummer bij dezelfde ROM", "same permanent number at the same agency"),
    "number-name": Words("zelfde KvK-nummer of RSIN, zelfde naam", "same KvK number or RSIN, same name"),
    "number": Words("zelfde KvK-nummer of RSIN, naam lijkt", "same KvK number or RSIN, name alike"),
    "name-postcode": Words("zelfde naam en postcode", "same name and postcode"),
    "name-place": Words("zelfde naam en plaats", "same name and place"),
    "near-name": Words("bijna zelfde naam op dezelfde postcode", "nearly the same name at the same postcode"),
    "near-name-place": Words("bijna zelfde naam in dezelfde plaats", "nearly the same name in the same place"),
    "number-slip": Words(
        "KvK-nummer met één typefout, naam lijkt, zelfde plaats", "KvK number but for one slip, name alike, same place"
    ),
    "sole-name": Words("naam die het handelsregister eenmaal kent", "name that the trade register knows once"),
    "like-name": Words("verkorte naam op dezelfde postcode", "shortened name at the same postcode"),
}
RESULT = {"record": pl.Int64, "cluster": pl.Int64, "rule": pl.String, "evidence": pl.String}


def join_organisations(records: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """[record, cluster, rule, evidence]: which records are one organisation, and why.

    ``records``: record (unique), owner, year, number (permanent within owner; "" if none), name,
    kvk, rsin, legal_form, address, postcode, city, country, kind. ``register``: entry, kvk, rsin,
    name, trade_names, legal_form, street, house_number, postcode, city; may be empty. A cluster is
    called after its lowest record; rule is a key of `RULES`. Sorted by record.
    """
    if records.is_empty():
        return pl.DataFrame(schema=RESULT)
    said = tables.of_records(records)
    listed = tables.of_register(register, int(said["id"].max()) + 1)  # type: ignore[arg-type]
    said = places.mended(said, listed["city"])
    known = statements(listed)
    said, to_register = doubts.resolve(said, listed, known)
    own = statements(said)
    links = [*_entry_links(own, known, to_register), *_permanent_links(said), *_record_links(said, own)]
    return _answer(records, _grouped(said, known, links))


def _entry_links(own: dict[int, Statement], known: dict[int, Statement], verdicts: doubts.Verdicts) -> Iterator[Link]:
    """From each statement to the one entry that fits it best; none where two fit equally well."""
    for id_, about in verdicts.items():
        fitting = {b: v for b, about_b in about.items() if (v := _still(own[id_], known[b], about_b))}
        best = min((v.rank for v in fitting.values()), default=None)
        chosen = [(b, v) for b, v in fitting.items() if v.rank == best]
        if len(chosen) == 1:
            entry, verdict = chosen[0]
            yield _link(id_, entry, verdict, 0)


def _still(one: Statement, entry: Statement, verdict: Verdict) -> Verdict | None:
    """The verdict, unless it rests on a number that was found doubtful."""
    return judge(one, entry) if verdict.rule in ("number-name", "number") else verdict


def _record_links(said: pl.DataFrame, own: dict[int, Statement]) -> Iterator[Link]:
    pairs = candidates.pairs(said, said).filter(pl.col("a") < pl.col("b"))
    for a, b in pairs.iter_rows():
        if verdict := judge(own[a], own[b]):
            yield _link(a, b, verdict, 1)


def _link(a: int, b: int, verdict: Verdict, after: int) -> Link:
    despite = ("owner:",) if verdict.rule == "number-name" else ()
    return Link(2 + 2 * verdict.rank + after, a, b, verdict.rule, verdict.evidence, despite)


def _permanent_links(said: pl.DataFrame) -> Iterator[Link]:
    """Between statements of one owner under one permanent number, if their names agree."""
    numbered = said.filter(pl.col("number") != "").select("owner", "number", "id", "spelled")
    same = numbered.join(numbered, on=["owner", "number"]).filter(pl.col("id") < pl.col("id_right"))
    for owner, number, a, name, b, other in same.sort("id", "id_right").iter_rows():
        if agreement(name, other) >= Agreement.LIKE:
            yield Link(0, a, b, "permanent", f"{owner} {number}")


def _grouped(said: pl.DataFrame, known: dict[int, Statement], links: list[Link]) -> Groups:
    marks = {
        id_: _marks(kvk, rsin, owner, number)
        for id_, kvk, rsin, owner, number in said.select("id", "kvk", "rsin", "owner", "number").iter_rows()
    }
    for entry in {link.other for link in links if link.other in known}:
        marks[entry] = _marks(known[entry].kvk, known[entry].rsin, "", "") | {"entry": str(entry)}
    groups = Groups(marks)
    groups.join(links)
    return groups


def _marks(kvk: str | None, rsin: str | None, owner: str, number: str) -> dict[str, str]:
    marks = {"kvk": kvk, "rsin": rsin, f"owner:{owner}": number}
    return {slot: value for slot, value in marks.items() if value}


def _answer(records: pl.DataFrame, groups: Groups) -> pl.DataFrame:
    ids = tables.distinct(records)
    rows = []
    for record, id_ in ids.iter_rows():
        reason = groups.reasons.get(id_)
        rows.append((record, groups.find(id_), *((reason.rule, reason.evidence) if reason else ("alone", ""))))
    return pl.DataFrame(rows, RESULT, orient="row")
