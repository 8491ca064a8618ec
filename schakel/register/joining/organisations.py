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

from schakel.register.joining import candidates, places, tables
from schakel.register.joining.doubts import Held, against_register
from schakel.register.joining.evidence import Statement, Verdict, best_agreement, judge, same_number
from schakel.register.joining.groups import Groups, Link
from schakel.register.joining.names import Agreement
from schakel.words import Words

RULES: dict[str, Words] = {
    "permanent": Words("zelfde vaste nummer bij dezelfde ROM", "same permanent number at the same agency"),
    "number-name": Words("zelfde KvK-nummer of RSIN, zelfde naam", "same KvK number or RSIN, same name"),
    "name-postcode": Words("zelfde naam en postcode", "same name and postcode"),
    "number": Words("zelfde KvK-nummer of RSIN, naam of plaats past", "same KvK number or RSIN, name or place fits"),
    "name-place": Words("zelfde naam en plaats", "same name and place"),
    "near-name": Words("bijna zelfde naam op dezelfde postcode", "nearly the same name at the same postcode"),
    "near-name-place": Words("bijna zelfde naam in dezelfde plaats", "nearly the same name in the same place"),
    "number-slip": Words(
        "KvK-nummer met één typefout, naam lijkt, zelfde plaats", "KvK number but for one slip, name alike, same place"
    ),
    "like-name": Words("verkorte naam op dezelfde postcode", "shortened name at the same postcode"),
    "sole-name": Words("naam die het handelsregister eenmaal kent", "name that the trade register knows once"),
    "alone": Words("geen ander record gevonden", "no other record found"),
}
RESULT = {"record": pl.Int64, "cluster": pl.Int64, "rule": pl.String, "evidence": pl.String}
LINKS = {"a": pl.Int64, "b": pl.Int64, "rule": pl.String, "evidence": pl.String}


def join_organisations(records: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """[record, cluster, rule, evidence]: which records are one organisation, and why.

    ``records``: record (unique), owner, year, number (permanent within owner; "" if none), name,
    kvk, rsin, legal_form, address, postcode, city, country, kind. ``register``: entry, kvk, rsin,
    name, trade_names, legal_form, street, house_number, postcode, city; may be empty. A cluster is
    called after its lowest record; rule is a key of `RULES`. Sorted by record.
    """
    return compare_organisations(records, register)[0]


def compare_organisations(records: pl.DataFrame, register: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What `join_organisations` gives, and [a, b, rule, evidence]: records that share a number and a name."""
    if records.is_empty():
        return pl.DataFrame(schema=RESULT), pl.DataFrame(schema=LINKS)
    said = tables.of_records(records)
    listed = tables.of_register(register, records["record"].to_list())
    said = places.mended(said, listed["city"])
    held = against_register(said, listed)
    links = [*_permanent_links(said, held), *_entry_links(held), *_record_links(said, held)]
    sure = sorted(link for link in links if link.rule == "number-name" and link.one in held and link.other in held)
    direct = pl.DataFrame([(x.one, x.other, x.rule, x.evidence) for x in sure], LINKS, orient="row")
    return _answer(records, _grouped(said, held, links)), direct


def _permanent_links(said: pl.DataFrame, held: dict[int, Held]) -> Iterator[Link]:
    """Between statements of one owner under one permanent number, if their names or KvK number or RSIN agree."""
    numbered = said.filter(pl.col("number") != "").select("owner", "number", "id")
    same = numbered.join(numbered, on=["owner", "number"]).filter(pl.col("id") < pl.col("id_right"))
    for owner, number, a, b in same.sort("id", "id_right").iter_rows():
        one, other = held[a].said, held[b].said
        if same_number(one, other) or best_agreement(one, other)[0] >= Agreement.LIKE:
            yield Link(0, a, b, "permanent", f"{owner} {number}")


def _entry_links(held: dict[int, Held]) -> Iterator[Link]:
    """From each statement to the one register entry that fits it best; none where two fit equally well."""
    for id_, one in held.items():
        best = min((verdict.rank for verdict in one.fitting.values()), default=None)
        chosen = [(entry, verdict) for entry, verdict in one.fitting.items() if verdict.rank == best]
        if len(chosen) == 1:
            yield _link(id_, *chosen[0], 1)


def _record_links(said: pl.DataFrame, held: dict[int, Held]) -> Iterator[Link]:
    """Between statements; at one rank the register is followed before other records are."""
    cleared = _cleared(said, held)
    for a, b in candidates.pairs(cleared, cleared).filter(pl.col("a") < pl.col("b")).iter_rows():
        if verdict := judge(held[a].said, held[b].said):
            yield _link(a, b, verdict, 2)


def _cleared(said: pl.DataFrame, held: dict[int, Held]) -> pl.DataFrame:
    kept = [(held[id_].said.kvk or None, held[id_].said.rsin or None) for id_ in said["id"]]
    return said.with_columns(pl.DataFrame(kept, {"kvk": pl.String, "rsin": pl.String}, orient="row"))


def _link(a: int, b: int, verdict: Verdict, step: int) -> Link:
    despite = ("owner ",) if verdict.rule == "number-name" else ()
    return Link(2 * verdict.rank + step, a, b, verdict.rule, verdict.evidence, despite)


def _grouped(said: pl.DataFrame, held: dict[int, Held], links: list[Link]) -> Groups:
    marks = {
        id_: _marks(held[id_].said) | ({f"owner {owner}": number} if number else {})
        for id_, owner, number in said.select("id", "owner", "number").iter_rows()
    }
    for one in held.values():
        for entry in one.entries:
            marks.setdefault(entry.id, _marks(entry) | {"entry": str(entry.id)})
    groups = Groups(marks)
    groups.join(links)
    return groups


def _marks(said: Statement) -> dict[str, str]:
    return {slot: value for slot, value in (("kvk", said.kvk), ("rsin", said.rsin)) if value}


def _answer(records: pl.DataFrame, groups: Groups) -> pl.DataFrame:
    rows = []
    for record, id_ in tables.distinct(records).iter_rows():
        reason = groups.reasons.get(id_)
        rows.append((record, groups.find(id_), *((reason.rule, reason.evidence) if reason else ("alone", ""))))
    return pl.DataFrame(rows, RESULT, orient="row")
