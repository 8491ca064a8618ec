"""Checks on what agencies do together: of any kind that says with whom.

No oracle: what another agency has delivered is never told to the sender. Such findings go to the
secretariat and to the agency they concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
from rapidfuzz import fuzz

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.interpreting import KindRows
from schakel.intake.interpreting.locating import normal
from schakel.intake.kinds import RecordKind
from schakel.words import Words

_ALIKE = 80  # rapidfuzz token set ratio from which two titles of one day are of one thing


def _shared(delivery: Delivery) -> Iterator[tuple[KindRows, str]]:
    """The kinds that say with whom, and the field in which they do."""
    for rows in delivery.kinds.values():
        yield from ((rows, field.name) for field in rows.declared.fields if field.type == "agencies")


def same_thing(kind: RecordKind, one: dict[str, object], other: dict[str, object]) -> bool:
    """Whether two agencies' rows can be one thing: one day, and the title, amount, place or EU number alike."""
    if one.get("eu_number") and one["eu_number"] == other.get("eu_number"):
        return True
    day = next((f.name for f in kind.fields if f.type == "date" and f.required), None)
    if day is None or one.get(day) is None or one.get(day) != other.get(day):
        return False
    if "title" in kind.fields_by_name:
        alike = fuzz.token_set_ratio(normal(str(one["title"])), normal(str(other["title"]))) >= _ALIKE
        return alike or _amounts_equal(kind, one, other)
    return _amounts_equal(kind, one, other) or (one.get("origin") is not None and one["origin"] == other.get("origin"))


def _amounts_equal(kind: RecordKind, one: dict[str, object], other: dict[str, object]) -> bool:
    money = [f.name for f in kind.fields if f.type == "money"]
    return any(one.get(name) is not None and one[name] == other.get(name) for name in money)


def _matching(kind: RecordKind, row: dict[str, object], others: pl.DataFrame) -> dict[str, object] | None:
    return next((other for other in others.iter_rows(named=True) if same_thing(kind, row, other)), None)


def _named(delivery: Delivery) -> Iterator[tuple[KindRows, int, str, dict[str, object], dict[str, object] | None]]:
    """Each statement "together with B" where B delivered this kind, with B's matching row if there is one."""
    for rows, field in _shared(delivery):
        others, frame = delivery.others(rows.kind), delivery.rows(rows.kind)
        if others is None or frame is None:
            continue
        by_agency = {str(agency): part for (agency,), part in others.group_by("_agency")}
        for row in frame.filter(pl.col(field).list.len() > 0).iter_rows(named=True):
            for agency in row[field]:
                if agency in by_agency:
                    yield rows, row["_at"], agency, row, _matching(rows.declared, row, by_agency[agency])


def _own_name(delivery: Delivery) -> Iterator[Blame]:
    for rows, field in _shared(delivery):
        own = rows.frame[field].list.contains(delivery.agency).fill_null(value=False)
        for at in own.arg_true():
            yield Blame(rows.kind, at, field)


_DAY = date(2023, 3, 1)
_OURS = {"number": "P1", "title": "Slimme kas", "start": _DAY, "volume": 1_000_000_00, "together_with": ["liof"]}
_THEIRS = {"_agency": "liof", "number": "L7", "title": "Slimme kas Limburg", "start": _DAY, "volume": 1_000_000_00}
_OTHER = {"_agency": "liof", "number": "L8", "title": "Waterstofhub", "start": date(2023, 9, 1), "volume": 300_000_00}

register_check(
    Check(
        "joint.own-name",
        Severity.NOTICE,
        "delivery",
        Words("Eigen naam bij 'samen met'", "Own name under 'together with'"),
        Words("Hier horen alleen de andere ROM's.", "Only the other agencies belong here."),
        Words("{_number} noemt uw eigen organisatie als partner.", "{_number} names your own agency as partner."),
        Words("Laat de eigen naam weg.", "Leave out your own name."),
        (Rows({"project": [_OURS | {"together_with": ["bom"]}]}),),
        (Rows({"project": [_OURS]}),),
        find=_own_name,
    )
)


def _not_delivered(delivery: Delivery) -> Iterator[Blame]:
    for rows, at, agency, _, match in _named(delivery):
        if match is None:
            yield Blame(rows.kind, at, _field(rows), {"agency": agency}, concerns=(agency,))


def _field(rows: KindRows) -> str:
    return next(field.name for field in rows.declared.fields if field.type == "agencies")


register_check(
    Check(
        "joint.not-delivered",
        Severity.WARNING,
        "across",
        Words("Partner leverde het niet aan", "Partner did not deliver it"),
        Words(
            "Een ROM zegt iets samen met een andere te doen, maar de aanlevering van die andere heeft "
            "niets dat erop lijkt.",
            "An agency says it does something with another, but nothing in the other's delivery is like it.",
        ),
        Words(
            "{_number} is samen met {agency}, die het niet aanleverde.",
            "{_number} is with {agency}, which did not deliver it.",
        ),
        Words("Vraag beide of het gezamenlijk is.", "Ask both whether it is joint."),
        (Rows({"project": [_OURS]}, others={"project": [_OTHER]}),),
        (Rows({"project": [_OURS]}, others={"project": [_OTHER, _THEIRS]}),),
        find=_not_delivered,
        network_only=True,
    )
)


def _named_by_other(delivery: Delivery) -> Iterator[Blame]:
    for rows, field in _shared(delivery):
        others = delivery.others(rows.kind)
        if others is None:
            continue
        naming = others.filter(pl.col(field).list.contains(delivery.agency))
        for row in naming.iter_rows(named=True):
            if _matching(rows.declared, row, rows.frame) is None:
                title = row.get("title") or row["_number"]
                yield Blame(rows.kind, None, field, {"agency": row["_agency"], "title": title})


register_check(
    Check(
        "joint.named-by-other",
        Severity.NOTICE,
        "across",
        Words("Door een ander als partner genoemd", "Named as partner by another"),
        Words(
            "Een andere ROM noemt u als partner bij iets dat niet in uw aanlevering staat.",
            "Another agency names you as partner in something that is not in your delivery.",
        ),
        Words("{agency} noemt u bij '{title}'.", "{agency} names you with '{title}'."),
        Words(
            "Lever het ook aan als u meedoet; zo niet, meld het de ander.",
            "Deliver it too if you take part; if not, tell the other.",
        ),
        (Rows({"project": []}, others={"project": [_THEIRS | {"together_with": ["bom"]}]}),),
        (Rows({"project": [_OURS]}, others={"project": [_THEIRS | {"together_with": ["bom"]}]}),),
        find=_named_by_other,
    )
)


def _amount_differs(delivery: Delivery) -> Iterator[Blame]:
    for rows, at, agency, row, match in _named(delivery):
        for field in rows.declared.fields:
            if match is None or field.type != "money" or row[field.name] is None or match.get(field.name) is None:
                continue
            if row[field.name] != match[field.name]:
                labels = {"label_nl": field.labels.nl, "label_en": field.labels.en}
                yield Blame(rows.kind, at, field.name, labels | {"agency": agency}, concerns=(agency,))


register_check(
    Check(
        "joint.amount-differs",
        Severity.WARNING,
        "across",
        Words("Twee bedragen voor een ding", "Two amounts for one thing"),
        Words(
            "Twee ROM's geven voor hetzelfde een ander bedrag op. Dat van de penvoerende ROM telt.",
            "Two agencies state different amounts for one thing. That of the leading agency counts.",
        ),
        Words("{label_nl} van {_number} is bij {agency} anders.", "{label_en} of {_number} is different at {agency}."),
        Words("Stem het bedrag met elkaar af.", "Agree on the amount."),
        (Rows({"project": [_OURS]}, others={"project": [_THEIRS | {"volume": 900_000_00}]}),),
        (Rows({"project": [_OURS]}, others={"project": [_THEIRS]}),),
        find=_amount_differs,
        network_only=True,
    )
)
