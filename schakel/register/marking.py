"""What a round writes beside the ledger: who leads, under what the doubtful counts, and corporate families."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.register.ledger.lines import Record
from schakel.register.linking import Found
from schakel.register.models import FamilyTie, IdentityMember

_BATCH = 5000


def mark_leading(thing: str, leads: Mapping[Record, bool]) -> None:
    """Bring up to date which record of each thing is the one whose statements count for the network."""
    for kind in {kind for kind, _record in leads}:
        follow = [record for (its, record), leading in leads.items() if its == kind and not leading]
        members = IdentityMember.objects.filter(thing=thing, record_kind=kind)
        members.filter(record_id__in=follow, leading=True).update(leading=False)
        members.exclude(record_id__in=follow).filter(leading=False).update(leading=True)


def keep_labels(thing: str, wanted: Mapping[Record, tuple[int | None, int | None]]) -> None:
    """Write under what records count if all that is doubtful is one, and if none is; only where that changed."""
    members = IdentityMember.objects.filter(thing=thing)
    before = members.exclude(if_one=None, if_apart=None)
    rows = {(one.record_kind, one.record_id): one for one in before}
    missing = [record for record in wanted if record not in rows]
    for kind in {kind for kind, _record in missing}:
        listed = members.filter(record_kind=kind, record_id__in=[record for its, record in missing if its == kind])
        rows |= {(one.record_kind, one.record_id): one for one in listed}
    changed = []
    for record, row in rows.items():
        label = wanted.get(record, (None, None))
        if (row.if_one, row.if_apart) != label:
            row.if_one, row.if_apart = label
            changed.append(row)
    IdentityMember.objects.bulk_update(changed, ["if_one", "if_apart"], batch_size=_BATCH)


def keep_families(found: Found, owners: Mapping[Record, int]) -> None:
    """Put this round's families in the place of the last one's; ``owners``: whose the records are."""
    if found.families is None:
        return
    wanted = {(row["record_kind"], *sorted((row["one"], row["other"]))): row for row in found.families.rows(named=True)}
    kept = set()
    for tie in FamilyTie.objects.all():
        key = (tie.record_kind, tie.one_id, tie.other_id)
        if key in wanted:
            kept.add(key)
        else:
            tie.delete()
    FamilyTie.objects.bulk_create(
        (
            FamilyTie(
                owner_id=owners.get((kind, one)),
                record_kind=kind,
                one_id=one,
                other_id=other,
                reason=row["reason"],
                evidence=row["evidence"] or "",
            )
            for (kind, one, other), row in wanted.items()
            if (kind, one, other) not in kept and owners.get((kind, one)) == owners.get((kind, other))
        ),
        batch_size=_BATCH,
    )
