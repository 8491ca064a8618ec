"""Who reads which rows of each table with an owner, told once more: apart from the policies that enforce it.

A rule says of one row whether somebody reads it; a row is read where any of its table's rules says so. Every table with
row security stands here, or the look at tables refuses to begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from schakel.leaking.rules import FULL, Network

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asker:
    """As whom the database is asked: a party (empty for nobody), whether on a page of what others share.

    ``process``: web or worker.
    """

    party: str
    kind: str = ""
    shared: bool = False
    process: str = "web"


class World(Protocol):
    """What rules ask about rows."""

    network: Network
    reviewing: frozenset[str]  # parties that take part in identity review
    published: frozenset[int]  # closings that are public by now

    def party(self, number: object) -> str:
        """The party of this id; empty for none."""

    def sees(self, asker: Asker, table: str, number: object) -> bool:
        """Whether ``asker`` reads the row of ``table`` with this id."""

    def opened(self, asker: Asker) -> set[tuple[str, str]]:
        """Kind and id of all that agreements open in full to ``asker``, on pages of what others share."""

    def where(self, table: str, column: str, value: object) -> list[Row]:
        """The rows of ``table`` with this value."""


Rule = Callable[[World, Asker, Row], bool]


def own(column: str = "owner_id") -> Rule:
    """Who acts for the party that the column names."""
    return lambda world, asker, row: bool(asker.party) and world.party(row[column]) == asker.party


def everybody(_world: World, _asker: Asker, _row: Row) -> bool:
    """Published: everybody, who acts for nobody too."""
    return True


def chosen(_world: World, _asker: Asker, row: Row) -> bool:
    """Everybody, of what its owner chose to show."""
    return bool(row["shared"])


def nobodys(_world: World, asker: Asker, row: Row) -> bool:
    """Who acts for any party, of what is nobody's; the worker for none too."""
    return row["owner_id"] is None and bool(asker.party or asker.process == "worker")


def nobody_told(_world: World, _asker: Asker, row: Row) -> bool:
    """Everybody, of what is nobody's."""
    return row["owner_id"] is None


def secretariat(_world: World, asker: Asker, _row: Row) -> bool:
    """Who acts for the secretariat."""
    return asker.kind == "secretariat"


def audited(year: str | None = None) -> Rule:
    """An auditor with a mandate of the owner, for the year in the column where one is named."""
    return lambda world, asker, row: world.network.audits(
        asker.party, world.party(row["owner_id"]), row[year] if year else None
    )


def audited_with(column: str, table: str, *, secret: bool = False) -> Rule:
    """An auditor with a mandate of the owner who reads the row of ``table`` that the column names."""
    return lambda world, asker, row: (
        world.network.audits(asker.party, world.party(row["owner_id"]), secret=secret)
        and world.sees(asker, table, row[column])
    )


def agreed(kind: str, column: str = "id") -> Rule:
    """Who receives the thing that the column names in full."""
    return lambda world, asker, row: asker.shared and (kind, str(row[column])) in world.opened(asker)


def with_row(column: str, table: str) -> Rule:
    """Who reads the row of ``table`` that the column names."""
    return lambda world, asker, row: world.sees(asker, table, row[column])


def _valued(world: World, asker: Asker, row: Row) -> bool:
    """What a position is worth: under a clause about all valuations, of positions that are read."""
    giver = world.party(row["owner_id"])
    opens = any(
        clause.kind == "valuation" and clause.depth == FULL and clause.reach == "all" and one.opens(giver, asker.party)
        for one in world.network.agreed
        for clause in one.clauses
    )
    return asker.shared and opens and world.sees(asker, "invest_position", row["position_id"])


def _kept_for_auditors(world: World, asker: Asker, row: Row) -> bool:
    """A file that was delivered, or what stood when a year was certified."""
    if not world.network.audits(asker.party, world.party(row["owner_id"])):
        return False
    files = (("intake_deliveredfile", "stored_id"), ("intake_certification", "snapshot_id"))
    return any(
        world.sees(asker, table, found["id"])
        for table, column in files
        for found in world.where(table, column, row["id"])
    )


def _commented(world: World, asker: Asker, row: Row) -> bool:
    """A shared comment: agencies and the secretariat, and everybody once the figures it is about are public."""
    if not row["shared"] or row["withdrawn_at"] is not None:
        return False
    return asker.kind in ("agency", "secretariat") or row["closing_id"] in world.published


def _pair(first: str, second: str) -> Rule:
    """A question about two records: their owners, where both review or both are one's own; the secretariat of two."""

    def reads(world: World, asker: Asker, row: Row) -> bool:
        one, other = world.party(row[first]), world.party(row[second])
        if one == other:
            return bool(asker.party) and one == asker.party
        both_review = {one, other} <= world.reviewing
        if asker.kind == "secretariat" and both_review:
            return True
        return bool(asker.party) and asker.party in (one, other) and (not other or both_review)

    return reads


def _proposed(world: World, asker: Asker, row: Row) -> bool:
    """A proposal about one party's records alone: that party."""
    return [world.party(owner) for owner in row["owners"]] == [asker.party]


def _all_review(world: World, asker: Asker, row: Row) -> bool:
    """On what a proposal stands: the secretariat, where all of them review."""
    return asker.kind == "secretariat" and {world.party(owner) for owner in row["owners"]} <= world.reviewing


def _settled(world: World, asker: Asker, row: Row) -> bool:
    """A judgement of a party that reviews: the secretariat."""
    return asker.kind == "secretariat" and world.party(row["owner_id"]) in world.reviewing


def _anchored(world: World, asker: Asker, row: Row) -> bool:
    """What an identity is anchored to: who has a record of that identity."""
    members = world.where("register_identitymember", "identity_id", row["identity_id"])
    return any(world.sees(asker, "register_identitymember", member["id"]) for member in members)


def _agreement(world: World, asker: Asker, row: Row) -> bool:
    """An agreement: who drafts it, and once it is proposed all that it names."""
    if own()(world, asker, row):
        return True
    named = world.where("sharing_signatory", "agreement_id", row["id"])
    return row["proposed_at"] is not None and any(own()(world, asker, one) for one in named)


def _found(world: World, asker: Asker, row: Row) -> bool:
    """An entry of the index: who receives what it leads to in full, or what that is a part of."""
    if not asker.shared:
        return False
    if row["kind"] in _PARTS:
        table, column, kind = _PARTS[row["kind"]]
        return any(
            (kind, str(part[column])) in world.opened(asker) for part in world.where(table, "id", int(row["object_id"]))
        )
    return (row["kind"], row["object_id"]) in world.opened(asker)


_PARTS = {
    "project_participant": ("innovate_participation", "project_id", "project"),
    "trade_participant": ("events_attendance", "event_id", "trade_activity"),
}


def _line(world: World, asker: Asker, row: Row) -> bool:
    """A line of the audit log: who did it, whose it is about, auditors of either; of nobody, the secretariat."""
    reach = world.network.reach(asker.party)
    if row["owner_id"] is None and row["person_id"] is None and world.network.secretariat in reach:
        return True
    return bool({world.party(row["owner_id"]), world.party(row["concerns_id"])} & reach)


def _standing(world: World, asker: Asker, row: Row) -> bool:
    """A role that stands: everybody."""
    return bool(row["stands"])


OWN = own()
_DELIVERED = (OWN, audited_with("delivery_id", "intake_delivery"))
_OF_A_YEAR = (OWN, audited("period"))
_OF_ALL = (OWN, secretariat, everybody)
_ONLY_OWN = [
    "documents_package",
    "figures_alert",
    "figures_alerttold",
    "figures_conclusion",
    "figures_sample",
    "figures_sampleitem",
    "inbox_deputy",
    "inbox_itemseen",
    "inbox_lettertext",
    "inbox_preference",
    "intake_caretaker",
    "intake_confirmedmapping",
    "intake_differenceline",
    "intake_handing",
    "intake_remark",
    "intake_returnedfile",
    "intake_sourceseen",
    "privacy_erasure",
    "privacy_retained",
    "register_figureeffect",
    "register_keyedentry",
    "register_keyedrecord",
    "register_ruling",
    "register_roundtold",
    "sharing_invitation",
    "sharing_token",
]
READ_BY: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(_ONLY_OWN, (OWN,)),
    "documents_filepart": (OWN, audited_with("file_id", "documents_storedfile")),
    "documents_storedfile": (OWN, _kept_for_auditors),
    "events_attendance": (*_OF_A_YEAR, agreed("trade_activity", "event_id")),
    "events_event": (*_OF_A_YEAR, agreed("trade_activity")),
    "figures_approval": (OWN, everybody),
    "figures_approvingbody": _OF_ALL,
    "figures_closing": _OF_ALL,
    "figures_companyoutcome": (*_OF_A_YEAR, agreed("outcome")),
    "figures_figurecomment": (OWN, _commented),
    "figures_marketround": (OWN, everybody),
    "figures_pipelineentry": (OWN, secretariat),
    "figures_publication": _OF_ALL,
    "figures_savedview": (OWN, chosen),
    "figures_staff": _OF_A_YEAR,
    "figures_target": (OWN, chosen),
    "inbox_item": (OWN, own("sent_by_id")),
    "inbox_letter": (OWN, secretariat),
    "innovate_innovationproject": (*_OF_A_YEAR, agreed("project")),
    "innovate_participation": (*_OF_A_YEAR, agreed("project", "project_id")),
    "intake_callnote": (OWN, secretariat),
    "intake_certification": (*_OF_A_YEAR, secretariat),
    "intake_collectionyear": _OF_ALL,
    "intake_deliveredfile": _DELIVERED,
    "intake_deliveredrow": (OWN, audited_with("table_id", "intake_deliveredtable")),
    "intake_deliveredtable": _DELIVERED,
    "intake_delivery": _OF_A_YEAR,
    "intake_deliveryfinding": _OF_A_YEAR,
    "intake_deliverystand": (OWN, secretariat),
    "intake_edit": _DELIVERED,
    "intake_expectation": (OWN, secretariat),
    "intake_override": _OF_A_YEAR,
    "intake_readrows": (OWN, audited_with("table_id", "intake_readtable")),
    "intake_readtable": _DELIVERED,
    "intake_receipt": _DELIVERED,
    "intake_verdict": (OWN, secretariat),
    "intake_waiver": _DELIVERED,
    "internationalise_foreigncase": (*_OF_A_YEAR, agreed("foreign_case")),
    "internationalise_tradeactivity": (
        OWN,
        audited_with("event_id", "events_event"),
        agreed("trade_activity", "event_id"),
    ),
    "invest_fund": (*_OF_A_YEAR, agreed("fund")),
    "invest_investment": (*_OF_A_YEAR, agreed("investment")),
    "invest_position": (*_OF_A_YEAR, agreed("position")),
    "invest_valuation": (OWN, audited_with("position_id", "invest_position", secret=True), _valued),
    "network_roleheld": (_standing,),
    "privacy_mark": (OWN, own("routed_by_id")),
    "privacy_personalrequest": (OWN, own("routed_by_id")),
    "register_anchor": (_anchored,),
    "register_card": (_pair("owner_id", "other_id"),),
    "register_decision": (OWN, audited()),
    "register_doubt": (_pair("owner_a_id", "owner_b_id"),),
    "register_familytie": (OWN, nobody_told),
    "register_identitymember": (OWN, audited()),
    "register_joininground": (),
    "register_judgement": (OWN, _settled),
    "register_keyedround": _OF_ALL,
    "register_knownkeys": (OWN, nobodys),
    "register_lease": (OWN, with_row("doubt_id", "register_doubt")),
    "register_organisation": (*_OF_A_YEAR, agreed("organisation")),
    "register_proposal": (_proposed, secretariat),
    "register_proposalground": (_proposed, _all_review),
    "register_proposalmoves": (),
    "register_registerentry": (OWN, everybody),
    "search_searchentry": (OWN, nobodys, _found),
    "sharing_agreement": (_agreement,),
    "sharing_clause": (with_row("agreement_id", "sharing_agreement"),),
    "sharing_identityreview": (OWN, everybody),
    "sharing_look": (OWN, own("viewer_id")),
    "sharing_mandate": (OWN, own("auditor_id")),
    "sharing_signatory": (with_row("agreement_id", "sharing_agreement"),),
    "trail_entry": (_line,),
    "trail_origin": (OWN, audited()),
}

# Where people write or read words that the look rewrites with a mark, beside what stands in records (see kinds.py).
WORDS: dict[str, tuple[str, ...]] = {
    "figures_conclusion": ("remark",),
    "figures_figurecomment": ("text",),
    "figures_pipelineentry": ("source",),
    "figures_sample": ("purpose",),
    "figures_savedview": ("name",),
    "figures_target": ("source",),
    "inbox_item": ("title_nl", "title_en", "body_nl", "body_en"),
    "intake_callnote": ("text",),
    "intake_certification": ("statement",),
    "intake_deliveredfile": ("name",),
    "intake_deliveryfinding": ("message_nl", "message_en"),
    "intake_expectation": ("reason",),
    "intake_override": ("reason",),
    "intake_remark": ("text",),
    "intake_sourceseen": ("problem",),
    "intake_verdict": ("reason",),
    "intake_waiver": ("reason",),
    "privacy_personalrequest": ("answer",),
    "register_judgement": ("why",),
    "register_ruling": ("why",),
    "sharing_agreement": ("title", "purpose"),
    "sharing_invitation": ("name",),
    "sharing_mandate": ("purpose",),
    "sharing_token": ("name",),
}
