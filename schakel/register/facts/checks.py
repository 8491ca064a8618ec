"""What must hold of the trade register's entries, and what is told of organisations whose entry is gone.

Invariant: who is anchored to an entry that ended or went up in another is told, and stays where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.intake.checks import Blame, Delivery, check, delivery_check, row_check
from schakel.intake.findings import Finding, Severity
from schakel.register.linking import Told, rows
from schakel.words import Words

_ZON = {"kvk": "12345678", "name": "Zonneveld B.V."}
_OUR = {"number": "R1", "name": "Zonneveld", "kvk": "12345678", "postcode": "3511EP", "city": "Utrecht"}
_GONE = {"number": pl.String, "name": pl.String, "kvk": pl.String, "ended": pl.String, "into": pl.String}
# Of each organisation the newest year, where the register says that its number went up in another, or ended before.
_GONE_SQL = """
SELECT o.number, o.name, o.kvk, coalesce(f.ended_on::text, ''), coalesce(f.merged_into, ''), o.owner_id, o.period
FROM (
    SELECT DISTINCT ON (owner_id, number) * FROM register_organisation WHERE state <> 'withdrawn'
    ORDER BY owner_id, number, period DESC
) o JOIN (
    SELECT kvk, ended_on, merged_into FROM register_registerfact
    UNION
    SELECT kvk, ended_on, merged_into FROM register_registerentry WHERE state <> 'withdrawn'
) f ON f.kvk = o.kvk
WHERE f.merged_into <> '' OR f.ended_on < make_date(o.period, 1, 1)
ORDER BY o.owner_id, o.number, f.merged_into, f.ended_on
"""

row_check(
    "register-entry.ended",
    Severity.NOTICE,
    kind="register_entry",
    field="ended_on",
    when=pl.col("ended_on").is_not_null() & pl.col("merged_into").is_null(),
    title=Words("Inschrijving die beëindigd is", "Entry that ended"),
    explanation=Words(
        "Een beëindigde inschrijving blijft staan: gegevens van eerdere jaren horen erbij.",
        "An entry that ended stays: records of earlier years are of it.",
    ),
    message=Words("{name} is beëindigd op {ended_on}.", "{name} ended on {ended_on}."),
    remedy=Words("U hoeft niets te doen.", "Nothing needs doing."),
    fails=_ZON | {"ended_on": dt.date(2020, 1, 1)},
    passes=_ZON,
)


def _merged_unknown(delivery: Delivery) -> Iterator[Blame]:
    entries = delivery.rows("register_entry")
    if entries is None:
        return
    known = set(entries["kvk"].drop_nulls())
    for at, into in entries.select("_at", "merged_into").drop_nulls("merged_into").iter_rows():
        if into not in known:
            yield Blame("register_entry", at, "merged_into", {"into": into})


delivery_check(
    "register-entry.merged-into-unknown",
    Severity.NOTICE,
    kind="register_entry",
    find=_merged_unknown,
    title=Words("Opgegaan in een onbekend nummer", "Merged into an unknown number"),
    explanation=Words(
        "Waar de opvolger niet in de lijst staat, is een organisatie niet verder te volgen.",
        "Where the successor is not in the list, an organisation cannot be followed any further.",
    ),
    message=Words(
        "{name} ging op in {into}, dat niet in de lijst staat.", "{name} went up in {into}, which is not in the list."
    ),
    remedy=Words("Lever ook de inschrijving van de opvolger aan.", "Deliver the entry of the successor too."),
    fails={"register_entry": [_ZON | {"merged_into": "87654321"}]},
    passes={"register_entry": [_ZON | {"merged_into": "87654321"}, {"kvk": "87654321", "name": "Zon Groep"}]},
)


def _went_on(delivery: Delivery) -> Iterator[Blame]:
    """Organisations that are delivered with a register in which their number went up in another."""
    organisations, entries = delivery.rows("organisation"), delivery.rows("register_entry")
    if organisations is None or entries is None:
        return
    merged = entries.drop_nulls("merged_into").select("kvk", into="merged_into").unique("kvk", keep="first")
    for at, into in organisations.join(merged, on="kvk").select("_at", "into").iter_rows():
        yield Blame("organisation", at, "kvk", {"became": f"KvK {into}"})


delivery_check(
    "organisation.entry-gone",
    Severity.NOTICE,
    kind="organisation",
    find=_went_on,
    title=Words("Inschrijving die er niet meer is", "Entry that is no longer there"),
    explanation=Words(
        "Volgens het handelsregister is deze inschrijving beëindigd of opgegaan in een andere. De koppeling blijft "
        "zoals zij is totdat iemand beslist.",
        "The trade register says that this entry ended or went up in another. The link stays as it is until somebody "
        "decides.",
    ),
    message=Words("{name} (KvK {kvk}): {became}.", "{name} (KvK {kvk}): {became}."),
    remedy=Words(
        "Ga na of de organisatie onder een ander nummer verder ging, en geef dan dat nummer op.",
        "See whether the organisation went on under another number, and state that number then.",
    ),
    fails={"organisation": [_OUR], "register_entry": [_ZON | {"merged_into": "87654321"}]},
    passes={"organisation": [_OUR], "register_entry": [_ZON]},
)


def gone_entries(database: BaseDatabaseWrapper) -> Iterator[Told]:
    """Tell each owner of its organisations whose number the register says ended or went up in another.

    Made of published facts and the owner's own record alone; with the linker's rights.
    """
    told, seen = check("organisation.entry-gone"), set()
    for row in rows(database, _GONE_SQL, _GONE | {"owner": pl.Int64, "period": pl.Int32}).iter_rows(named=True):
        if (row["owner"], row["number"]) in seen:
            continue
        seen.add((row["owner"], row["number"]))
        dutch = f"opgegaan in KvK {row['into']}" if row["into"] else f"beëindigd op {row['ended']}"
        english = f"merged into KvK {row['into']}" if row["into"] else f"ended on {row['ended']}"
        message = Words(
            told.message.nl.format(name=row["name"], kvk=row["kvk"], became=dutch),
            told.message.en.format(name=row["name"], kvk=row["kvk"], became=english),
        )
        finding = Finding(
            told.id, told.severity, message, told.remedy, kind="organisation", field="kvk", number=row["number"]
        )
        yield Told(row["owner"], row["period"], finding)
