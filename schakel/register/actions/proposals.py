"""What people decide of proposals. What follows from it for identities is the linker's work, which is queued.

Invariants: nothing decided is altered, only followed by another line; who decides answers for all records on both
sides: their owner, or for the network the secretariat's identity steward. The linker asks that again before it listens.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind, Role, RoleHeld
from schakel.register.jobs import queue_linking
from schakel.register.models import Proposal, ProposalState, Ruling
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_MAY = {PartyKind.AGENCY: Role.STEWARD, PartyKind.SECRETARIAT: Role.IDENTITY_STEWARD}


class RulingRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A proposal cannot be decided; the message says why and what to do."""


def accept_proposal(*, actor: Actor, proposal_id: int, why: str = "") -> Ruling:
    """Have a proposal carried out for the acting party. Raises RulingRefused."""
    return _rule(actor, proposal_id, accepts=True, why=why)


def decline_proposal(*, actor: Actor, proposal_id: int, why: str) -> Ruling:
    """Decline a proposal, or undo one that was carried out, also by a rule. Raises RulingRefused."""
    if not why.strip():
        raise RulingRefused(_("Say why this is declined."))
    return _rule(actor, proposal_id, accepts=False, why=why)


def may_decide(actor: Actor) -> bool:
    """Whether the acting person decides for the party: as its data steward, or the network's identity steward."""
    party = Party.objects.filter(pk=actor.party or 0).first()
    role = _MAY.get(PartyKind(party.kind)) if party else None
    if role is None or actor.role not in ("", role):
        return False
    return RoleHeld.objects.filter(person_id=actor.person or 0, party_id=actor.party or 0, role=role).exists()


def _rule(actor: Actor, proposal_id: int, *, accepts: bool, why: str) -> Ruling:
    with acting(actor):
        proposal = Proposal.objects.filter(pk=proposal_id).first()
        if proposal is None:
            raise RulingRefused(_("There is no such proposal, or it is not yours to decide."))
        if not may_decide(actor):
            raise RulingRefused(
                _("Data stewards decide this of their own records, and the identity steward otherwise.")
            )
        _refuse_settled(proposal, accepts)
        made = Ruling.objects.create(
            owner_id=actor.owner,
            person_id=actor.person,
            proposal=proposal,
            accepts=accepts,
            as_steward=Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists(),
            why=why.strip(),
        )
        verb = "accepted proposal" if accepts else "declined proposal"
        note(actor=actor, verb=verb, kind="proposal", objects=[proposal.pk], reason=why.strip(), ruling=made.pk)
        queue_linking()
    return made


def _refuse_settled(proposal: Proposal, accepts: bool) -> None:
    if proposal.state == ProposalState.LAPSED:
        raise RulingRefused(_("This is no longer proposed: what spoke for it has changed."))
    done = {True: (ProposalState.APPLIED,), False: (ProposalState.DECLINED, ProposalState.UNDONE)}
    if proposal.state in done[accepts]:
        raise RulingRefused(_("This was decided so already."))
