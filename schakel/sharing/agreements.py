"""Agreements: parties say what they share with each other, sign it, each suspends and ends its own part at once.

Invariants: an agreement is drafted, then proposed, and never altered from then on. It opens nothing before every party
that it names has signed, each for itself; what one party does with its part binds no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind
from schakel.network.themes import HUB, schemes
from schakel.sharing.acting import acting
from schakel.sharing.models import Agreement, Clause, Depth, Reach, Signatory, Standing
from schakel.sharing.shareable import shareable
from schakel.trail.actions import note
from schakel.trail.actors import Actor

LONGEST = dt.timedelta(days=3653)
GIVES = (PartyKind.AGENCY,)
"""Who has records to share."""


class AgreementRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """An agreement cannot be made, signed or ended so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party to an agreement, an id, and which side it is on; ``contact``: whom to ask there."""

    party: int
    gives: bool
    receives: bool
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a clause opens; see ``Clause``."""

    kind: str
    depth: Depth
    reach: Reach = Reach.ALL
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What an agreement says, all of it."""

    standing: Standing
    title: str
    purpose: str
    legal_ground: str
    since: dt.datetime
    until: dt.datetime
    named: tuple[Named, ...]
    opened: tuple[Opened, ...]


Hears = Callable[[Agreement, str, Actor], None]
_hears: list[Hears] = []


def on_change(hears: Hears) -> None:
    """Have ``hears(agreement, verb, actor)`` called, in the transaction of the act, when an agreement was "proposed",
    "signed", "declined", "suspended", "resumed" or "ended": an inbox tells the others of it.
    """
    if hears not in _hears:
        _hears.append(hears)


def draft(*, actor: Actor, said: Said, instead_of: int | None = None) -> Agreement:
    """Write down a draft of the acting party, which nobody else sees; in the place of an earlier draft of it.

    Raises AgreementRefused, and Agreement.DoesNotExist where ``instead_of`` is no draft of the acting party.
    """
    _refuse_odd(actor, said)
    with acting(actor):
        before = None
        if instead_of is not None:
            earlier = own_drafts(actor).get(pk=instead_of)
            before = _terms(earlier)
            earlier.delete()
        made = Agreement.objects.create(
            owner_id=actor.owner,
            standing=said.standing,
            title=said.title.strip(),
            purpose=said.purpose.strip(),
            legal_ground=said.legal_ground.strip(),
            since=said.since,
            until=said.until,
            drafted_by_id=actor.person,
        )
        # Without RETURNING of other parties' rows there is nothing to read back: each is found by its agreement.
        Signatory.objects.bulk_create(
            Signatory(
                agreement=made,
                owner_id=each.party,
                gives=each.gives,
                receives=each.receives,
                contact=each.contact.strip(),
            )
            for each in said.named
        )
        Clause.objects.bulk_create(
            Clause(agreement=made, kind=each.kind, depth=each.depth, reach=each.reach, things=list(each.things))
            for each in said.opened
        )
        _note_draft(actor, made, instead_of, before)
    return made


def _note_draft(actor: Actor, made: Agreement, instead_of: int | None, before: dict[str, Any] | None) -> None:
    """Write down a draft, and what it says otherwise than the one in whose place it stands: [before, after] by part.

    Of its texts only that they changed: a line of the trail is for ever, and people write names in texts.
    """
    now = _terms(made)
    if before is None or instead_of is None:
        note(actor=actor, verb="drafted", kind="agreement", objects=[made.pk], parties=now["parties"])
        return
    changed = {name: [before[name], now[name]] for name in now if before[name] != now[name]}
    texts = [name for name in _TEXTS if name in changed]
    told = {name: both for name, both in changed.items() if name not in texts}
    was = instead_of
    note(actor=actor, verb="redrafted", kind="agreement", objects=[made.pk], instead_of=was, changed=told, texts=texts)


_TEXTS = ("title", "purpose", "legal_ground")


def _terms(draft: Agreement) -> dict[str, Any]:
    """What a draft says, as JSON carries it: parties by number with their sides, clauses by what they open."""
    parts = draft.signatories.order_by("owner_id").values_list("owner_id", "gives", "receives")
    clauses = draft.clauses.order_by("pk").values_list("kind", "depth", "reach", "things")
    return {
        "parties": [list(part) for part in parts],
        "clauses": [list(clause) for clause in clauses],
        "since": draft.since.isoformat(),
        "until": draft.until.isoformat(),
        **{name: getattr(draft, name) for name in _TEXTS},
    }


def discard(*, actor: Actor, agreement_id: int) -> None:
    """Throw a draft away. Raises Agreement.DoesNotExist."""
    with acting(actor):
        own_drafts(actor).get(pk=agreement_id).delete()
        note(actor=actor, verb="discarded", kind="agreement", objects=[agreement_id])


def propose(*, actor: Actor, agreement_id: int) -> Agreement:
    """Lay a draft before the parties that it names; nobody alters it any more. Raises Agreement.DoesNotExist."""
    with acting(actor):
        found = own_drafts(actor).get(pk=agreement_id)
        found.proposed_at = timezone.now()
        found.save(update_fields=["proposed_at"])
        _done(actor, found, "proposed")
    return found


def sign(*, actor: Actor, agreement_id: int, signed_as: str, contact: str = "") -> Signatory:
    """Sign for the acting party; ``contact`` in the place of whom the draft named to ask there.

    Raises AgreementRefused, Signatory.DoesNotExist.
    """
    if not signed_as.strip():
        raise AgreementRefused(_("Say in what capacity you sign."))
    with acting(actor):
        found = _part(actor, agreement_id)
        if found.signed_at is not None:
            raise AgreementRefused(_("Your organisation signed this already."))
        found.signed_at, found.signed_by_id, found.signed_as = timezone.now(), actor.person, signed_as.strip()
        found.contact = contact.strip() or found.contact
        found.save(update_fields=["signed_at", "signed_by", "signed_as", "contact"])
        _done(actor, found.agreement, "signed")
    return found


def suspend(*, actor: Actor, agreement_id: int) -> Signatory:
    """Have the acting party give and receive nothing until it resumes.

    Raises AgreementRefused, Signatory.DoesNotExist.
    """
    return _halt(actor, agreement_id, at=timezone.now())


def resume(*, actor: Actor, agreement_id: int) -> Signatory:
    """Undo ``suspend``. Raises AgreementRefused, Signatory.DoesNotExist."""
    return _halt(actor, agreement_id, at=None)


def _halt(actor: Actor, agreement_id: int, *, at: dt.datetime | None) -> Signatory:
    with acting(actor):
        found = _part(actor, agreement_id)
        if found.signed_at is None:
            raise AgreementRefused(_("Your organisation has not signed this yet."))
        if (found.suspended_at is None) == (at is None):
            raise AgreementRefused(_("It stands like that already; look at the page again."))
        found.suspended_at = at
        found.save(update_fields=["suspended_at"])
        _done(actor, found.agreement, "suspended" if at else "resumed")
    return found


def end(*, actor: Actor, agreement_id: int, reason: str) -> Signatory:
    """End the acting party's part, for good; before signing it declines.

    Raises AgreementRefused, Signatory.DoesNotExist.
    """
    if not reason.strip():
        raise AgreementRefused(_("Say why your organisation ends it."))
    with acting(actor):
        found = _part(actor, agreement_id)
        found.ended_at, found.ended_by_id, found.ended_because = timezone.now(), actor.person, reason.strip()
        found.save(update_fields=["ended_at", "ended_by", "ended_because"])
        _done(actor, found.agreement, "ended" if found.signed_at else "declined", reason=reason.strip())
    return found


def _part(actor: Actor, agreement_id: int) -> Signatory:
    parts = Signatory.objects.select_related("agreement").filter(agreement__proposed_at__isnull=False)
    found = parts.get(agreement_id=agreement_id, owner_id=actor.owner)
    if found.ended_at is not None:
        raise AgreementRefused(_("Your organisation ended its part in this already."))
    return found


def _done(actor: Actor, agreement: Agreement, verb: str, *, reason: str = "") -> None:
    leads = agreement.owner_id if agreement.owner_id != actor.party else None
    note(actor=actor, verb=verb, kind="agreement", objects=[agreement.pk], reason=reason, concerns=leads)
    for hears in _hears:
        hears(agreement, verb, actor)


def own_drafts(actor: Actor) -> QuerySet[Agreement]:
    """The drafts of the acting party."""
    return Agreement.objects.filter(owner_id=actor.owner, proposed_at=None)


def agreements() -> QuerySet[Agreement]:
    """The agreements that the acting party drafted or is named in, the newest first, with all that they say."""
    return Agreement.objects.select_related("owner").prefetch_related(
        "clauses", "signatories__owner", "signatories__signed_by"
    )


def to_sign(actor: Actor) -> QuerySet[Agreement]:
    """Those that wait for the signature of the acting party."""
    waits = Q(signatories__owner_id=actor.owner, signatories__signed_at=None, signatories__ended_at=None)
    return agreements().filter(waits, proposed_at__isnull=False, until__gt=timezone.now())


def _refuse_odd(actor: Actor, said: Said) -> None:
    if not (said.title.strip() and said.purpose.strip() and said.legal_ground.strip()):
        raise AgreementRefused(
            _("Say what the agreement is called, what it is for, and on what legal ground it stands.")
        )
    if said.until <= max(said.since, timezone.now()):
        raise AgreementRefused(_("An agreement ends after it begins, and not in the past."))
    if said.until - said.since > LONGEST:
        raise AgreementRefused(_("An agreement holds for ten years at most; make another one after it."))
    _refuse_odd_parties(actor, said.named)
    _refuse_odd_clauses(said)


def _refuse_odd_parties(actor: Actor, named: Sequence[Named]) -> None:
    ids = [each.party for each in named]
    if actor.owner not in ids:
        raise AgreementRefused(_("Your own organisation is a party to what it drafts."))
    if len(set(ids)) != len(ids):
        raise AgreementRefused(_("A party is named once."))
    givers, receivers = {each.party for each in named if each.gives}, {each.party for each in named if each.receives}
    if not any(giver != receiver for giver in givers for receiver in receivers):
        raise AgreementRefused(_("Name who shares, and at least one other party that receives."))
    if not all(each.gives or each.receives for each in named):
        raise AgreementRefused(_("A party to an agreement shares, receives, or both."))
    kinds = dict(Party.objects.filter(pk__in=ids).values_list("pk", "kind"))
    if any(kinds.get(giver) not in GIVES for giver in givers):
        raise AgreementRefused(_("Only agencies have records to share."))
    if any(kinds.get(party) == PartyKind.AUDITOR for party in ids):
        raise AgreementRefused(_("An auditor looks under a mandate, not under an agreement."))


def _refuse_odd_clauses(said: Said) -> None:
    if not said.opened and said.standing != Standing.COUNT:
        raise AgreementRefused(_("Name at least one thing that is shared."))
    if said.opened and said.standing == Standing.COUNT:
        raise AgreementRefused(_("The national count shares figures only; no record is seen under it."))
    givers = [each for each in said.named if each.gives]
    for clause in said.opened:
        _refuse_odd_clause(clause, one_giver=len(givers) == 1)


def _refuse_odd_clause(clause: Opened, *, one_giver: bool) -> None:
    try:
        kind = shareable(clause.kind)
    except KeyError:
        raise AgreementRefused(_("There is nothing called “%(kind)s” to share.") % {"kind": clause.kind}) from None
    if clause.reach not in kind.reaches:
        raise AgreementRefused(_("This kind of record cannot be shared in that way."))
    if (clause.reach == Reach.ALL) == bool(clause.things):
        raise AgreementRefused(_("Say which ones are shared, or that all are."))
    if clause.reach == Reach.THEMES:
        unknown = sorted(set(clause.things) - _themes())
        if unknown:
            raise AgreementRefused(_("There is no theme called %(names)s.") % {"names": ", ".join(unknown)})
    elif clause.reach != Reach.ALL and not one_giver:
        raise AgreementRefused(
            _("Numbers are of one agency: an agreement that names things by number has one party that shares.")
        )


def _themes() -> set[str]:
    return {concept.code for concept in schemes()[HUB].concepts}


def named(parties: Iterable[int], *, mutual: bool, giver: int) -> tuple[Named, ...]:
    """The parties to an agreement with ``giver``: all share and receive if ``mutual``, else ``giver`` alone shares.

    Of a mutual one, parties that have nothing to share receive.
    """
    kinds = dict(Party.objects.filter(pk__in=[giver, *parties]).values_list("pk", "kind"))
    return tuple(
        Named(
            party,
            gives=party == giver or (mutual and kind in GIVES),
            receives=mutual or party != giver,
        )
        for party, kind in kinds.items()
    )
